import Domain
import Features
import HTTPTypes
import Hummingbird
import NIOCore

/// For whoever runs the server: alive, ready, measured, described.
enum HealthEndpoints {
  static func all(_ parts: WebParts) -> [Endpoint] { [alive, ready(parts), metrics(parts)] }

  private static let alive = Endpoint(
    .get, "/healthz", "readHealth", zh: "进程存活", en: "The process is alive", access: .open,
    answer: .json(.object([.required("status", .words(["alive"]))]))
  ) { _ in try JSON.response(["status": "alive"]) }

  private static func ready(_ parts: WebParts) -> Endpoint {
    let check = CheckReadiness(parts.site)
    return Endpoint(
      .get, "/readyz", "readReadiness", zh: "可以服务", en: "Ready to serve", access: .open,
      answer: .json(ReadinessView.schema), problems: [.unavailable]
    ) { _ in
      let report = await check()
      return try JSON.response(ReadinessView(report), status: report.isReady ? .ok : .serviceUnavailable,
                               headers: report.isReady ? [:] : [.retryAfter: "2"])
    }
  }

  private static func metrics(_ parts: WebParts) -> Endpoint {
    let watchdog = Watchdog(parts.site)
    return Endpoint(
      .get, "/metrics", "readMetrics", zh: "Prometheus 指标", en: "Prometheus metrics", access: .open,
      answer: .init(status: 200, bodies: ["text/plain": .string()], headers: [:])
    ) { _ in
      let text = MetricsText(parts.meter, watchdog: try? await watchdog()).text
      return Response(
        status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
        body: .init(byteBuffer: ByteBuffer(string: text)))
    }
  }
}

struct ReadinessView: Encodable, Sendable {
  struct Scheduler: Encodable, Sendable {
    let isStalled: Bool
    let overdue: Int
    let lastBeat: Timestamp?
  }

  let status: String
  let database: String
  let schema: String
  /// `other` until a rebuild.
  let views: String
  let scheduler: Scheduler?

  init(_ report: CheckReadiness.Report) {
    status = report.isReady ? "ready" : "not-ready"
    database = report.isDatabaseReachable ? "reachable" : "unreachable"
    schema = report.isSchemaCurrent ? "current" : "other"
    views = report.areViewsCurrent ? "current" : "other"
    scheduler = report.watchdog.map {
      Scheduler(isStalled: $0.isStalled, overdue: $0.overdue, lastBeat: $0.lastBeat?.timestamp)
    }
  }

  static let schema = Schema.object([
    .required("status", .words(["ready", "not-ready"])), .required("database", .words(["reachable", "unreachable"])),
    .required("schema", .words(["current", "other"])), .required("views", .words(["current", "other"])),
    .optional("scheduler", .object([
      .required("isStalled", .boolean), .required("overdue", .integer()), .optional("lastBeat", .instant),
    ])),
  ]).named("Readiness")
}
