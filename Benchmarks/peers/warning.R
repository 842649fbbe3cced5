# Early warning by R's surveillance (Debian: r-cran-surveillance), for the tests:
#   Rscript Benchmarks/peers/warning.R Tests/StatisticsTests/References
# writes warning-series.csv (weeks down, series across) and warning-bounds.csv (a line for each series and week).
suppressMessages(library(surveillance))
folder <- commandArgs(TRUE)[1]
set.seed(20130313)
weeks <- 330
series <- sapply(1:8, function(s) {
  level <- c(0.4, 2, 5, 12, 30, 80, 3, 20)[s]
  t <- seq_len(weeks)
  mu <- level * exp(0.5 * sin(2 * pi * t / 52 + s) + c(0, 0.002, -0.001, 0, 0.003, 0.001, 0, -0.002)[s] * t)
  y <- rnbinom(weeks, mu = mu, size = mu / c(0.2, 0.5, 1, 0.1, 2, 3, 0.05, 1)[s])
  y[100:104] <- y[100:104] + round(3 * sqrt(level) + 3)
  y[320 + s %% 8] <- y[320 + s %% 8] + round(5 * sqrt(level) + 5)
  y
})
write.table(series, file.path(folder, "warning-series.csv"), sep = ",", row.names = FALSE, col.names = paste0("s", 1:8))
range <- 311:330
run <- function(b, ...) {
  farringtonFlexible(sts(series, start = c(2015, 1), frequency = 52),
    control = list(range = range, b = b, w = 3, glmWarnings = FALSE, ...))
}
out <- NULL
add <- function(name, result) {
  for (s in 1:8) for (k in seq_along(range)) {
    out <<- rbind(out, data.frame(method = name, series = s - 1, week = range[k] - 1, upper = upperbound(result)[k, s],
      expected = result@control$expected[k, s], phi = result@control$phiVector[k, s],
      trend = result@control$trend[k, s]))
  }
}
flexible <- function(method, ...) {
  run(5, noPeriods = 10, pastWeeksNotIncluded = 26, reweight = TRUE, weightsThreshold = 2.58, alpha = 0.01,
    thresholdMethod = method, ...)
}
add(0, flexible("muan"))
add(1, flexible("nbPlugin"))
add(2, flexible("delta"))
add(3, run(5, noPeriods = 1, reweight = TRUE, weightsThreshold = 1, alpha = 0.05, thresholdMethod = "delta"))
add(4, run(3, noPeriods = 10, pastWeeksNotIncluded = 26, reweight = FALSE, alpha = 0.01, thresholdMethod = "muan"))
# The same as method 2, but with standard errors by the fit's own dispersion, straight from glm.
for (s in 1:8) for (k in range) {
  data <- surveillance:::algo.farrington.data.glm(k, 5, 52, FALSE, "none", seq_len(weeks), 3, 10, series[, s],
    rep(1, weeks), FALSE, 26, k)
  fit <- function(formula) {
    first <- suppressWarnings(glm(formula, quasipoisson, data))
    phi <- max(summary(first)$dispersion, 1)
    mu <- fitted(first)
    a <- 1.5 * (data$response^(2 / 3) * mu^(-1 / 6) - sqrt(mu)) / sqrt(phi * (1 - hatvalues(first)))
    data$omega <- ifelse(a > 2.58, a^-2, 1)
    data$omega <- data$omega / mean(data$omega)
    model <- suppressWarnings(glm(formula, quasipoisson, data, weights = omega))
    list(model = model, phi = max(summary(model)$dispersion, 1))
  }
  now <- data.frame(wtime = k, seasgroups = factor(10))
  m <- fit(response ~ wtime + seasgroups)
  t <- coef(m$model)["wtime"] / summary(m$model, dispersion = m$phi)$coefficients["wtime", 2]
  trend <- 2 * pt(-abs(t), df.residual(m$model)) < 0.05 && predict(m$model, now, type = "response") <= max(data$response)
  if (!trend) m <- fit(response ~ seasgroups)
  p <- predict(m$model, now, type = "response", se.fit = TRUE, dispersion = m$phi)
  upper <- (p$fit^(2 / 3) + qnorm(0.99) * sqrt(4 / 9 * p$fit^(1 / 3) * (m$phi + p$se.fit^2 / p$fit)))^1.5
  if (sum(series[(k - 3):k, s]) < 5) upper <- NA
  out <- rbind(out, data.frame(method = 5, series = s - 1, week = k - 1, upper = upper, expected = p$fit, phi = m$phi,
    trend = as.integer(trend)))
}
ears <- function(method) earsC(sts(series, start = c(2015, 1), frequency = 52),
  control = list(range = range, method = method, alpha = 0.001, minSigma = 0))
for (m in 1:2) {
  bounds <- upperbound(ears(paste0("C", m)))
  for (s in 1:8) for (k in seq_along(range)) {
    out <- rbind(out, data.frame(method = 10 + m, series = s - 1, week = range[k] - 1, upper = bounds[k, s],
      expected = NA, phi = NA, trend = NA))
  }
}
write.table(format(out, digits = 12, trim = TRUE), file.path(folder, "warning-bounds.csv"), sep = ",", quote = FALSE,
  row.names = FALSE)
