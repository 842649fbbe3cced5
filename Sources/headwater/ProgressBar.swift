import Features
import Foundation
import Synchronization

/// How far an import is, on standard error: a bar that redraws itself on a terminal, else a line every few seconds.
final class ProgressBar: Sendable {
  private struct State {
    var drawnAt: ContinuousClock.Instant?
    var isOpen = false
  }

  private let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
  private let start = ContinuousClock.now
  private let state = Mutex(State())
  private static let width = 30

  func show(_ progress: ImportFile.Progress) {
    let now = ContinuousClock.now
    let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(5)
    let isDue = state.withLock { state in
      if let drawn = state.drawnAt, drawn.duration(to: now) < pause { return false }
      state.drawnAt = now
      state.isOpen = isTerminal
      return true
    }
    guard isDue else { return }
    let text = line(progress, seconds: start.duration(to: now).seconds)
    FileHandle.standardError.write(Data((isTerminal ? "\r\(text)\u{1B}[K" : text + "\n").utf8))
  }

  /// Leaves the last drawing on a line of its own.
  func finish() {
    let isOpen = state.withLock { $0.isOpen }
    if isOpen { StandardError.line("") }
  }

  private func line(_ progress: ImportFile.Progress, seconds: Double) -> String {
    let counts = progress.counts
    let done = Double(progress.bytes - progress.bytesBefore)
    var parts = ["\(counts.rows) rows"]
    if seconds > 0, progress.bytes > 0, done > 0 {
      let rowsPerByte = Double(counts.rows) / Double(progress.bytes)
      parts.append("\(Int(done * rowsPerByte / seconds)) rows/s")
    }
    if counts.known > 0 { parts.append("\(counts.known) known") }
    if counts.rejected > 0 { parts.append("\(counts.rejected) rejected") }
    guard let total = progress.bytesTotal, total > 0 else { return parts.joined(separator: ", ") }
    let share = min(Double(progress.bytes) / Double(total), 1)
    let left = done > 0 ? Double(total - progress.bytes) * seconds / done : 0
    let filled = Int(share * Double(Self.width))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
    parts.append("\(Self.clock(left)) left")
    return "\(bar) \(Int(share * 100)) %  " + parts.joined(separator: ", ")
  }

  private static func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }
}
