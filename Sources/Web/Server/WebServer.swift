import Features
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// The HTTP server of an installation: JSON API, live feed, pages, and the doors mounted on it.
///
/// A graceful stop takes no more connections, ends the live streams, finishes what is under way, and is over within
/// ``WebSettings/stopSecondsMax``.
public struct WebServer: Service {
  private let site: WebSite
  private let settings: WebSettings
  private let logger: Logger
  private let onRunning: @Sendable (_ port: Int) async -> Void

  /// - Parameter onRunning: called once connections are taken, with the port.
  public init(site: Installation, settings: WebSettings, doors: [PlainDoor] = [], logger: Logger,
              onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }) {
    let meter = Meter()
    let gate = Gate(accounts: Accounts(site), tokens: Tokens(site), settings: settings)
    let hub = FeedHub(site, settings: settings.feed, meter: meter, logger: logger)
    self.site = WebSite(
      parts: WebParts(site: site, settings: settings, gate: gate, hub: hub, meter: meter,
                      library: LibraryAssets(folder: settings.assetsFolder),
                      mapLayers: MapLayers(pack: site.pack, decoration: settings.mapDecoration),
                      places: FindPlaces(site)),
      doors: doors)
    self.settings = settings
    self.logger = logger
    self.onRunning = onRunning
  }

  public func run() async throws {
    let group = ServiceGroup(configuration: configuration)
    try await group.run()
  }

  private var configuration: ServiceGroupConfiguration {
    // Without a name the whole value would be spelt out as one.
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: application, serviceName: "http")], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(settings.stopSecondsMax)
    return configuration
  }

  var parts: WebParts { site.parts }

  /// The server as Hummingbird runs it; tests ask it without a socket.
  package var application: Application<RouterResponder<WebContext>> {
    let configuration = ApplicationConfiguration(
      address: .hostname(settings.host, port: settings.port), backlog: 1_024,
      availableConnectionsDelegate: .maximum(settings.connectionsMax, logger: logger))
    return Application(
      router: site.router(),
      server: .http1(configuration: .init(idleTimeout: .seconds(Int64(settings.idleSeconds)))),
      configuration: configuration,
      services: [site.parts.hub],
      onServerRunning: { [onRunning] channel in await onRunning(channel.localAddress?.port ?? 0) },
      logger: logger)
  }
}
