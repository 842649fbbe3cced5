import ArgumentParser
import Connectors
import Features
import Foundation
import Language
import Logging
import ServiceLifecycle
import SQL
import UnixSignals
import Web

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serves the API, Open311, the live feed and the pages, and works off deadlines.",
    discussion: """
      Listens on loopback unless told otherwise; put a proxy that ends TLS in front of it and say --behind-tls. \
      Several servers on one PostgreSQL work as one. Ends on SIGTERM or SIGINT within a few seconds.
      """)

  @OptionGroup var options: InstallationOptions
  @Option(help: "The pack's folder, such as Cities/rongxi; put in force.") var city: String?
  @Option(help: "Address to listen on (127.0.0.1).") var host: String?
  @Option(help: "Port to listen on (8080); 0 for any free one.") var port: Int?
  @Flag(help: "People reach it through TLS: cookies are Secure.") var behindTLS = false
  @Flag(help: "A proxy of ours names the caller in X-Forwarded-For.") var trustForwardedFor = false
  @Option(help: "Folder of the browser libraries (assets, beside the program).") var assets: String?
  @Option(help: "File of the group robots of squads and agencies (YAML); it holds secrets.") var robots: String?
  @Option(help: "Where people reach it, for links in messages: https://…") var address: String?
  @Option(help: "debug, info, notice, warning, error.") var logLevel: String?

  func run() async throws {
    let settings = try await options.settings(["city": city, "host": host, "port": port.map(String.init),
                                               "log.level": logLevel, "assets": assets, "robots": robots,
                                               "address": address])
    let composition = try await Composition.open(settings, city: settings.string("city"))
    try await Server(composition: composition, settings: settings, isBehindTLS: behindTLS,
                     trustsForwardedFor: trustForwardedFor).run()
  }
}

/// A node: the web server, the scheduler and the housekeeping, until it is told to stop.
struct Server {
  let composition: Composition
  let settings: Settings
  var isBehindTLS = false
  var trustsForwardedFor = false
  var onRunning: @Sendable (String) async -> Void = { StandardError.line("Headwater listens on \($0)") }

  func run() async throws {
    var logger = Logger(label: "headwater", factory: StreamLogHandler.standardError(label:))
    logger.logLevel = settings.string("log.level").flatMap(Logger.Level.init(rawValue:)) ?? .notice
    await tellOfViews(logger)
    let host = settings.string("host") ?? "127.0.0.1"
    let web = WebSettings(
      host: host, port: settings.int("port") ?? 8080,
      isBehindTLS: isBehindTLS || settings.bool("behind-tls") ?? false,
      trustsForwardedFor: trustsForwardedFor || settings.bool("trust-forwarded-for") ?? false,
      assetsFolder: settings.string("assets") ?? Assets.beside, mapDecoration: composition.mapDecoration)
    let site = composition.site.with(models: try await models(logger))
    let server = WebServer(site: site, settings: web, doors: Doors.all(site), logger: logger) {
      [onRunning] port in await onRunning("http://\(host):\(port)")
    }
    var services: [any Service] = [
      server, SchedulerService(site: site, logger: logger),
      HousekeepingService(
        composition: composition, assets: settings.string("assets") ?? Assets.beside, logger: logger),
      CountingService(site: site, store: composition.incidents, logger: logger),
      EditionService(composition: composition, logger: logger),
    ]
    if let robots = try robots() { services.append(RobotService(robots: robots, logger: logger)) }
    let group = ServiceGroup(configuration: .init(
      // Without a name the whole value would be spelt out as one, keys and city included.
      services: services.map { .init(service: $0, serviceName: "\(type(of: $0))") },
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
    await composition.site.database.close()
  }

  /// Those that have a role; see `headwater model use`.
  private func models(_ logger: Logger) async throws -> [LearnedTriage] {
    let shelf = ModelShelf(composition.site)
    guard try await !shelf.roles().isEmpty else { return [] }
    let lexicon = CityLexicon.read(pack: composition.site.pack, folder: settings.string("assets") ?? Assets.beside)
    if !lexicon.hasDictionary { logger.warning("\(Assets.missing)") }
    let models = try await shelf.learned(Segmenter(lexicon))
    let versions = models.map { $0.isShadow ? "\($0.version) (shadow)" : $0.version }
    logger.notice("models", metadata: ["versions": "\(versions)"])
    return models
  }

  /// Nil where the settings name no file of robots.
  private func robots() throws -> GroupRobots? {
    guard let file = settings.string("robots") else { return nil }
    do {
      let robots = try RobotBook.read(URL(fileURLWithPath: file), pack: composition.site.pack)
      return GroupRobots(composition.site, robots: robots, address: settings.string("address"))
    } catch let fault as RobotBook.Fault { throw ValidationError(fault.text) }
  }

  /// Reports are taken in whatever the views are like, so that nothing else waits for a rebuild.
  private func tellOfViews(_ logger: Logger) async {
    guard await !CheckReadiness(composition.site)().areViewsCurrent else { return }
    logger.error("""
      the views were built by another version of the program or of the pack: lists and rates may be wrong until \
      'headwater rebuild' has run with the servers stopped
      """)
  }
}
