import Features

/// Measurements in the text format that Prometheus reads.
struct MetricsText {
  private(set) var text = ""

  init(_ meter: Meter, watchdog: Watchdog.Report?) {
    let requests = meter.requests
    family("headwater_http_requests_total", "counter", "Requests answered, by method, route and status.")
    for (key, histogram) in requests {
      for (status, count) in histogram.statuses.sorted(by: { $0.key < $1.key }) {
        line("headwater_http_requests_total", labels(key) + ",status=\"\(status)\"", count)
      }
    }
    family("headwater_http_request_duration_seconds", "histogram", "Time to the answer, by method and route.")
    for (key, histogram) in requests { self.histogram(key, histogram) }
    feed(meter)
    if let watchdog { scheduler(watchdog) }
    if let bytes = Self.residentBytes {
      gauge("process_resident_memory_bytes", "Memory that the process holds.", bytes)
    }
  }

  private mutating func histogram(_ key: Meter.Key, _ histogram: Meter.Histogram) {
    let name = "headwater_http_request_duration_seconds"
    var sum = 0
    for (bound, count) in zip(Meter.bounds, histogram.counts) {
      sum += count
      line(name + "_bucket", labels(key) + ",le=\"\(bound)\"", sum)
    }
    line(name + "_bucket", labels(key) + ",le=\"+Inf\"", histogram.count)
    text += "\(name)_sum{\(labels(key))} \(histogram.sumSeconds)\n"
    line(name + "_count", labels(key), histogram.count)
  }

  private mutating func feed(_ meter: Meter) {
    gauge("headwater_feed_followers", "Live streams open on this node.", meter.count("feed_followers"))
    counter("headwater_feed_events_total", "Changes read for the live feed.", meter.count("feed_events"))
    counter("headwater_feed_cut_total", "Followers cut since they were too slow.", meter.count("feed_cut"))
  }

  private mutating func scheduler(_ report: Watchdog.Report) {
    gauge("headwater_scheduler_stalled", "1 when deadlines are not being worked off.", report.isStalled ? 1 : 0)
    gauge("headwater_scheduler_overdue", "Deadlines whose time has come and that wait.", report.overdue)
  }

  private mutating func gauge(_ name: String, _ help: String, _ value: Int) {
    family(name, "gauge", help)
    text += "\(name) \(value)\n"
  }

  private mutating func counter(_ name: String, _ help: String, _ value: Int) {
    family(name, "counter", help)
    text += "\(name) \(value)\n"
  }

  private mutating func family(_ name: String, _ type: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  private mutating func line(_ name: String, _ labels: String, _ value: Int) {
    text += "\(name){\(labels)} \(value)\n"
  }

  private func labels(_ key: Meter.Key) -> String { "method=\"\(key.method)\",route=\"\(key.route)\"" }
}
