import Connectors
import Features
import Web

/// The doors of other protocols, mounted on the server.
enum Doors {
  static func all(_ site: Installation) -> [PlainDoor] { [] }
}
