import Hummingbird
import NIOCore

/// What accompanies one request.
package struct WebContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// The address of the other end of the connection, for throttling only; it is never logged or stored.
  let peerAddress: String?
  /// Closes the connection at once.
  let closeConnection: @Sendable () -> Void

  package init(source: Source) {
    coreContext = CoreRequestContextStorage(source: source)
    peerAddress = source.channel.remoteAddress?.ipAddress
    closeConnection = { [channel = source.channel] in channel.close(promise: nil) }
  }
}
