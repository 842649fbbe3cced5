/// Whether what a measure drove away went next door: counts before and after in the treated area, the area around it,
/// and a control for each.
public struct Displacement: Sendable, Hashable {
  public struct Counts: Sendable, Hashable {
    public let before: Int
    public let after: Int

    public init(before: Int, after: Int) {
      self.before = before
      self.after = after
    }

    var change: Int { after - before }
  }

  public let treated: Counts
  public let control: Counts
  public let around: Counts
  public let aroundControl: Counts

  public init(treated: Counts, control: Counts, around: Counts, aroundControl: Counts) {
    self.treated = treated
    self.control = control
    self.around = around
    self.aroundControl = aroundControl
  }

  /// ΔT − ΔC + ΔD − ΔCD, its variance the sum of the eight counts; negative where there are fewer events altogether.
  ///
  /// Source: A. P. Wheeler, J. H. Ratcliffe, "A simple weighted displacement difference test to evaluate place based
  /// crime interventions", Crime Science 7 (2018) 11.
  public var difference: EffectEstimate {
    let all = [treated, control, around, aroundControl].reduce(0) { $0 + $1.before + $1.after }
    return EffectEstimate(
      value: Double(treated.change - control.change + around.change - aroundControl.change),
      standardError: Double(all).squareRoot())
  }

  /// (B₁/C₁ − B₀/C₀)/(A₁/C₁ − A₀/C₀) with A treated, B around, C control: above 0 what lies around gained too, below −1
  /// all that was gained went next door. Nil where the control has no events, or the treated area changed with it.
  ///
  /// Source: K. J. Bowers, S. D. Johnson, "Measuring the geographical displacement and diffusion of benefit effects of
  /// crime prevention activity", Journal of Quantitative Criminology 19 (2003) 275–301.
  public var quotient: Double? {
    guard control.before > 0, control.after > 0 else { return nil }
    let success = share(treated.after, control.after) - share(treated.before, control.before)
    guard success != 0 else { return nil }
    return (share(around.after, control.after) - share(around.before, control.before)) / success
  }

  private func share(_ count: Int, _ of: Int) -> Double { Double(count) / Double(of) }
}
