import Statistics
import Testing

/// Values from R 4.2: pgamma, qgamma, pbeta, qbeta, pnorm, qnorm, pt, pnbinom.
@Suite struct DistributionTests {
  private func near(_ found: Double, _ wanted: Double, _ relative: Double = 1e-12) -> Bool {
    abs(found - wanted) <= relative * abs(wanted)
  }

  @Test func normal() {
    #expect(near(NormalDistribution.quantile(0.975), 1.95996398454005))
    #expect(near(NormalDistribution.quantile(1e-12), -7.03448382530113))
    #expect(near(NormalDistribution.above(8), 6.22096057427178e-16))
    for percent in 1..<100 {
      let p = Double(percent) / 100
      #expect(near(NormalDistribution.below(NormalDistribution.quantile(p)), p))
    }
  }

  @Test(arguments: [
    (0.1, 0.5, 0.345279153981423, 0.654720846018577),
    (2, 1, 0.864664716763387, 0.135335283236613),
    (30, 12, 0.999936122974601, 6.38770253992734e-05),
    (0.01, 3, 1.65421652807488e-07, 0.999999834578347),
    (950, 1000, 0.055054686230738, 0.944945313769262),
    (60, 25, 0.999999890411929, 1.09588071125998e-07),
  ] as [(Double, Double, Double, Double)])
  func gamma(_ row: (x: Double, shape: Double, below: Double, above: Double)) {
    #expect(near(GammaDistribution.below(row.x, shape: row.shape), row.below, 1e-11))
    #expect(near(GammaDistribution.above(row.x, shape: row.shape), row.above, 1e-11))
  }

  @Test(arguments: [
    (0.025, 1, 0.0253178079842899),
    (0.975, 1, 3.68887945411394),
    (0.5, 0.3, 0.0731311358669519),
    (0.001, 25.5, 12.6840092476868),
    (0.999, 1000, 1100.57809829331),
    (0.025, 0.05, 5.31566188991432e-33),
  ] as [(Double, Double, Double)])
  func gammaQuantile(_ row: (p: Double, shape: Double, x: Double)) {
    #expect(near(GammaDistribution.quantile(row.p, shape: row.shape), row.x, 1e-11))
  }

  @Test(arguments: [
    (0.1, 2, 3, 0.0523),
    (0.5, 0.5, 0.5, 0.5),
    (0.95, 30, 2, 0.536596909857343),
    (0.02, 1, 50, 0.635830319912883),
    (0.61, 400, 260, 0.579906573387436),
  ] as [(Double, Double, Double, Double)])
  func beta(_ row: (x: Double, a: Double, b: Double, below: Double)) {
    #expect(near(BetaDistribution.below(row.x, row.a, row.b), row.below, 1e-11))
  }

  @Test(arguments: [
    (0.025, 1, 1, 0.025),
    (0.975, 3, 9, 0.517755852360173),
    (0.5, 120, 80, 0.600333982276628),
    (0.001, 0.5, 7, 1.16275830695696e-07),
  ] as [(Double, Double, Double, Double)])
  func betaQuantile(_ row: (p: Double, a: Double, b: Double, x: Double)) {
    #expect(near(BetaDistribution.quantile(row.p, row.a, row.b), row.x, 1e-11))
  }

  @Test func studentAndNegativeBinomial() {
    #expect(near(BetaDistribution.studentBeyond(-2.5, degrees: 11), 0.0295063740873641))
    #expect(near(BetaDistribution.studentQuantile(twoSided: 0.95, degrees: 7), 2.36462425159278))
    #expect(near(BetaDistribution.negativeBinomialAtMost(12, mean: 10, dispersion: 2.5), 0.726407642613987))
    #expect(near(GammaDistribution.poissonAtMost(3, mean: 7.5), 0.059145459832684))
    #expect(GammaDistribution.poissonAtMost(-1, mean: 3) == 0 && GammaDistribution.poissonAtMost(0, mean: 0) == 1)
  }

  /// Drawn as often as they should be, up to 4.5 standard errors, below the mean, at it and above.
  @Test(arguments: [0.4, 9.5, 14, 220])
  func poissonNumbers(mean: Double) {
    var random = StreamRandom(seed: 11, stream: 0)
    let drawn = (0..<20_000).map { _ in random.poisson(mean: mean) }
    for bound in [Int(mean - mean.squareRoot()), Int(mean), Int(mean + 2 * mean.squareRoot())] {
      let wanted = GammaDistribution.poissonAtMost(bound, mean: mean)
      let error = 4.5 * (wanted * (1 - wanted) / 20_000).squareRoot()
      #expect(abs(Double(drawn.count { $0 <= bound }) / 20_000 - wanted) <= error)
    }
  }
}
