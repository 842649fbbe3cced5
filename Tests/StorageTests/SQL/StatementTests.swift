import SQL
import Testing

@Suite struct StatementTests {
  @Test func valuesAreBoundInOrder() {
    let statement: Statement = "SELECT a FROM t WHERE b = \(1) AND c = \("x") AND d = \(true)"
    #expect(statement.sql == "SELECT a FROM t WHERE b = $1 AND c = $2 AND d = $3")
    #expect(statement.values == [.integer(1), .text("x"), .integer(1)])
  }

  @Test func whatAUserSaidIsNeverText() {
    let said = "'; DROP TABLE t; --$1"
    let statement: Statement = "SELECT \(said)"
    #expect(statement.sql == "SELECT $1")
    #expect(statement.values == [.text(said)])
  }

  @Test func partsAreRenumbered() {
    let part: Statement = "b = \(2) OR b = \(3)"
    let statement: Statement = "WHERE a = \(1) AND (\(part)) AND c = \(4)"
    #expect(statement.sql == "WHERE a = $1 AND (b = $2 OR b = $3) AND c = $4")
    #expect(statement.values == [.integer(1), .integer(2), .integer(3), .integer(4)])
  }

  @Test func partsOfMoreThanNineValues() {
    let part: Statement = "b IN (\(list: Array(1...11)))"
    let statement: Statement = "WHERE a = \(0) AND \(part)"
    #expect(statement.sql == "WHERE a = $1 AND b IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    #expect(statement.values.last == .integer(11))
  }

  @Test func aDollarWithoutANumberIsText() {
    let part: Statement = "body ->> '$.phase' = \("open")"
    let statement: Statement = "WHERE a = \(1) AND \(part)"
    #expect(statement.sql == "WHERE a = $1 AND body ->> '$.phase' = $2")
  }

  @Test func anEmptyListMatchesNothing() {
    let statement: Statement = "WHERE a IN (\(list: [String]()))"
    #expect(statement.sql == "WHERE a IN (NULL)")
    #expect(statement.values.isEmpty)
  }

  @Test func nilIsNull() {
    let absent: String? = nil
    let statement: Statement = "VALUES (\(absent), \(Optional(2.5)))"
    #expect(statement.values == [.null, .real(2.5)])
  }
}
