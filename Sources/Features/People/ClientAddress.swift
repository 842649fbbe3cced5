/// The part of a client's address that one party holds: IPv4 whole; of IPv6 the network of 64 bits, since whoever has
/// one address there has them all. Anything else stands for itself.
enum ClientAddress {
  static func network(of address: String) -> String {
    let host = address.lowercased().split(separator: "%", maxSplits: 1).first.map(String.init) ?? ""
    guard host.contains(":") else { return String(host.prefix(64)) }
    // An IPv4 address in IPv6's clothes, such as ::ffff:192.0.2.1.
    if let last = host.split(separator: ":").last, last.contains(".") { return String(last.prefix(64)) }
    guard let groups = groups(of: host) else { return String(host.prefix(64)) }
    return groups.prefix(4).map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
  }

  /// The eight groups, `::` filled up with noughts; nil if it is no address.
  private static func groups(of host: String) -> [UInt16]? {
    guard let gap = host.firstRange(of: "::") else { return numbers(host[...]).flatMap { $0.count == 8 ? $0 : nil } }
    guard let head = numbers(host[..<gap.lowerBound]), let tail = numbers(host[gap.upperBound...]),
      head.count + tail.count < 8
    else { return nil }
    return head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
  }

  private static func numbers(_ text: Substring) -> [UInt16]? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).filter { !text.isEmpty || !$0.isEmpty }
    let numbers = parts.compactMap { UInt16($0, radix: 16) }
    return numbers.count == parts.count ? numbers : nil
  }
}
