import Connectors
import Features
import Web

/// The doors of other protocols, mounted on the server.
enum Doors {
  static func all(_ site: Installation) -> [PlainDoor] { [open311(site)] }

  private static func open311(_ site: Installation) -> PlainDoor {
    let door = Open311Door(site)
    return PlainDoor(
      pathPrefix: Open311Door.pathPrefix, methods: Open311Door.methods, bodyBytesMax: Open311Door.bodyBytesMax
    ) { request in
      let answer = await door.handle(DoorRequest(
        method: request.method, path: request.path, query: request.query, headers: request.headers,
        body: request.body))
      return PlainResponse(status: answer.status, contentType: answer.contentType, headers: answer.headers,
                           body: answer.body)
    }
  }
}
