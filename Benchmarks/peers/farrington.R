# Farrington's flexible method by R's surveillance on the first series of a file of little-endian doubles, 320 weeks each:
#   Rscript farrington.R INPUT OUTPUT SERIES
# prints CPU seconds as JSON.
suppressMessages(library(surveillance))
arguments <- commandArgs(TRUE)
count <- as.integer(arguments[3])
series <- matrix(readBin(arguments[1], "double", 320 * count), nrow = 320)
started <- proc.time()
found <- farringtonFlexible(sts(series, start = c(2015, 1), frequency = 52),
  control = list(range = 269:320, b = 5, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26, alpha = 0.01,
    thresholdMethod = "muan", glmWarnings = FALSE))
spent <- proc.time() - started
bounds <- as.vector(upperbound(found))
bounds[is.na(bounds)] <- NaN
writeBin(bounds, arguments[2])
cat(sprintf('{"cpuSeconds": %f, "peakMegabytes": 0}\n', spent[["user.self"]] + spent[["sys.self"]]))
