import ArgumentParser

@main
struct Headwater: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "headwater",
    abstract: "Takes every report in, sends it to the one body that can end it, and holds that body to account.",
    discussion: """
      Settings come from flags, then from the environment (HEADWATER_DATA, HEADWATER_DATABASE …), then from the file \
      that --config names. Results go to standard output, progress and logs to standard error.
      Exit status: 0 done, 1 the thing checked does not hold, 2 wrong use.
      """,
    version: "0.1.0",
    subcommands: [
      ServeCommand.self, DemoCommand.self, CheckCommand.self, RatesCommand.self, BulletinCommand.self,
      SimulateCommand.self,
      ImportCommand.self, VerifyCommand.self, RebuildCommand.self,
      BackupCommand.self, RestoreCommand.self, TokenCommand.self, PlatesCommand.self, MapCommand.self,
      IndexCommand.self, CountsCommand.self, WordsCommand.self, ModelCommand.self,
    ])

  /// ArgumentParser exits with 64 on wrong use; ours is 2.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      let code = exitCode(for: error)
      let text = fullMessage(for: error)
      if code == .success { print(text) } else if !text.isEmpty { StandardError.line(text) }
      Self.exit(withError: code == .validationFailure ? ExitCode(2) : code)
    }
  }
}
