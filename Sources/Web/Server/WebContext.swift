import Hummingbird
import NIOCore

/// What accompanies one request.
package struct WebContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// The address of the other end of the connection, for throttling only; it is never logged or stored.
  var peerAddress: String? { channel.remoteAddress?.ipAddress }
  /// Closes the connection at once.
  var closeConnection: @Sendable () -> Void { { [channel] in channel.close(promise: nil) } }
  private let channel: any Channel

  package init(source: Source) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}
