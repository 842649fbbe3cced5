import ArgumentParser
import Domain
import Features
import Foundation
import SQL

struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Keys of programs: doors, platforms, load generators.",
    subcommands: [Create.self, List.self, Revoke.self])

  static let scopes = Scope.allCases.map(\.rawValue).joined(separator: ", ")

  /// Whoever can run this owns the folder and its keys.
  static func owner(_ site: Installation) -> Actor {
    Actor(id: "system:command-line", role: .system, division: site.district)
  }

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes a token and prints it alone; it is shown this once.")

    @OptionGroup var options: InstallationOptions
    @Option(help: "What it may do: \(Role.held.map(\.rawValue).joined(separator: ", ")).") var role: String
    @Option(help: "Whose it is: the program's name, not a person's.") var name: String
    @Option(help: "Division whose cases it may touch, with all below; the whole district if missing.")
    var division: String?
    @Option(help: "Agency it acts for (roles agency and squad-member).") var agency: String?
    @Option(help: "Squad it acts for (role squad-member).") var squad: String?
    @Option(help: "Narrowed to these scopes, separated by commas: \(TokenCommand.scopes).")
    var scopes: String?
    @Option(help: "Days until it ends; never if missing.") var expiresInDays: Int?
    @Option(help: "The pack's folder, where the installation is new.") var city: String?

    func run() async throws {
      guard let role = Role(rawValue: role) else { throw ValidationError("--role: '\(self.role)' is none of ours.") }
      let scopes = try scopes.map { text in
        Set(try text.split(separator: ",").map { word in
          guard let scope = Scope(rawValue: String(word)) else { throw ValidationError("--scopes: '\(word)' is none.") }
          return scope
        })
      }
      let composition = try await Composition.open(try await options.settings(), city: city, usesVault: false)
      let site = composition.site
      do {
        let token = try await Tokens(site).create(
          name: name, role: role, division: division, agency: agency, squad: squad, scopes: scopes,
          expires: expiresInDays.map { site.now() + .days($0) }, by: TokenCommand.owner(site))
        print(token)
      } catch let fault as TokenFault { throw ValidationError("token: \(fault)") } catch let fault as PostFault {
        throw ValidationError("token: \(fault)")
      }
      await site.database.close()
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists tokens: never the secret itself.")

    @OptionGroup var options: InstallationOptions

    func run() async throws {
      let composition = try await Composition.open(try await options.settings(), city: nil, usesVault: false)
      for token in try await Tokens(composition.site).list(for: TokenCommand.owner(composition.site)) {
        let end = token.revokedAt == nil ? "" : "  revoked"
        print("\(token.id)  \(token.post.role.rawValue)  \(token.post.division)  \(token.name)\(end)")
      }
      await composition.site.database.close()
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Ends a token at once, on every node within seconds.")

    @OptionGroup var options: InstallationOptions
    @Argument(help: "Its identifier, as 'list' shows it.") var id: String

    func run() async throws {
      let composition = try await Composition.open(try await options.settings(), city: nil, usesVault: false)
      do {
        try await Tokens(composition.site).revoke(id, by: TokenCommand.owner(composition.site))
      } catch let fault as TokenFault { throw ValidationError("token: \(fault)") }
      await composition.site.database.close()
    }
  }
}

extension Role {
  /// Those that a token or an account may have.
  fileprivate static var held: [Role] { allCases.filter { $0 != .reporter && $0 != .system } }
}
