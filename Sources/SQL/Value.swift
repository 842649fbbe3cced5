/// A value bound to a statement or read from a row: the four storage classes that both engines share.
///
/// Instants are integers (milliseconds since 1970-01-01T00:00:00Z), truth values are integers 0 and 1.
public enum Value: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}

/// What may stand inside a ``Statement`` as `\(value)`: it is always bound, never spliced into the text.
public protocol Bindable: Sendable {
  var sqlValue: Value { get }
}

extension Value: Bindable { public var sqlValue: Value { self } }
extension Int: Bindable { public var sqlValue: Value { .integer(Int64(self)) } }
extension Int64: Bindable { public var sqlValue: Value { .integer(self) } }
extension Bool: Bindable { public var sqlValue: Value { .integer(self ? 1 : 0) } }
extension Double: Bindable { public var sqlValue: Value { .real(self) } }
extension String: Bindable { public var sqlValue: Value { .text(self) } }
extension [UInt8]: Bindable { public var sqlValue: Value { .blob(self) } }
extension Optional: Bindable where Wrapped: Bindable {
  public var sqlValue: Value { self?.sqlValue ?? .null }
}
