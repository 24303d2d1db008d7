## Reference values of psychometrics that P12 does not hold: Rscript tests/reference/scripts/psychometrics.R
## Writes tests/reference/cases/P23_psychometrics.json from data/irt_*.csv. R 4.2.2, base R with numDeriv; checked here
## against eRm 1.0-2 and psychotools 0.7-2 where they compute the same thing (the script stops when they disagree).
suppressWarnings(suppressMessages({library(jsonlite); library(numDeriv); library(eRm)}))
options(digits = 15)
here <- dirname(dirname(normalizePath(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[1]))))
items <- read.csv(file.path(here, "data", "irt_items.csv"))
responses <- read.csv(file.path(here, "data", "irt_responses.csv"))
Y <- as.matrix(responses[, items$item]); J <- ncol(Y)
P <- function(th, it) it$c + (1 - it$c) * plogis(it$a * (th - it$b))
checks <- list()
check <- function(id, what, args, values, rel = 1e-8, abs = 1e-10, source = "base R")
  checks[[length(checks) + 1]] <<- list(id = id, what = what, args = args, values = values,
                                        tol = list(rel = rel, abs = abs), status = "normative", source = source)
precisely <- function(f, lo, hi) integrate(Vectorize(f), lo, hi, rel.tol = 1e-12, subdivisions = 2000)$value

## ---- outlook of a form: summed scores by convolution, integrals by integrate() on both sides of theta_c
distribution <- function(p, units) { f <- 1; for (r in seq_along(p)) f <- c(f * (1 - p[r]), rep(0, units[r])) + c(rep(0, units[r]), f * p[r]); f }
outlook <- function(it, points, unit, cuts, mu, sd, guess) {
  units <- round(points / unit); score <- unit * 0:sum(units)
  tau <- function(th) sum(points * P(th, it)); dens <- function(th) dnorm(th, mu, sd)
  pass <- function(th, cut) { f <- distribution(P(th, it), units); sum(f[score >= cut - 1e-9]) }
  lo <- mu - 10 * sd; hi <- mu + 10 * sd
  p <- sapply(seq_along(points), function(j) precisely(function(th) dens(th) * P(th, it)[j], lo, hi))
  ex <- sum(points * p); ev <- precisely(function(th) dens(th) * sum(points^2 * P(th, it) * (1 - P(th, it))), lo, hi)
  vt <- precisely(function(th) dens(th) * (tau(th) - ex)^2, lo, hi); vx <- ev + vt; n <- length(points)
  kr <- n / (n - 1) * (1 - sum(points^2 * p * (1 - p)) / vx)
  gs <- distribution(guess, units)
  one <- function(cut) {
    th <- uniroot(function(t) tau(t) - cut, c(-40, 40), tol = 1e-14)$root; piece <- function(f) precisely(f, lo, th) + precisely(f, th, hi)
    obs <- piece(function(t) dens(t) * pass(t, cut)); con <- piece(function(t) { q <- pass(t, cut); dens(t) * (q^2 + (1 - q)^2) })
    fp <- precisely(function(t) dens(t) * pass(t, cut), lo, th); fn <- precisely(function(t) dens(t) * (1 - pass(t, cut)), th, hi)
    pc <- obs^2 + (1 - obs)^2
    list(cut = cut, theta = th, observedShare = obs, trueShare = pnorm(th, mu, sd, lower.tail = FALSE), accuracy = 1 - fp - fn,
         consistency = con, kappa = (con - pc) / (1 - pc), falsePositive = fp, falseNegative = fn,
         guessPassProbability = sum(gs[score >= cut - 1e-9]), conditionalStandardError = sqrt(sum(points^2 * P(th, it) * (1 - P(th, it)))))
  }
  cl <- lapply(cuts, one); ths <- sapply(cl, `[[`, "theta"); ends <- c(lo, ths, hi)
  classes <- function(t) -diff(c(1, sapply(cuts, function(k) pass(t, k)), 0))
  acc <- sum(sapply(seq_len(length(cuts) + 1), function(k) precisely(function(t) dens(t) * classes(t)[k], ends[k], ends[k + 1])))
  con <- sum(sapply(seq_len(length(cuts) + 1), function(k) precisely(function(t) dens(t) * sum(classes(t)^2), ends[k], ends[k + 1])))
  mar <- -diff(c(1, sapply(cl, `[[`, "observedShare"), 0)); ch <- sum(mar^2)
  list(expectedScore = list(mean = ex, standardDeviation = sqrt(vx)),
       probabilities = sapply(seq_along(score), function(k) precisely(function(t) dens(t) * distribution(P(t, it), units)[k], lo, hi)),
       reliability = list(kr20 = kr, trueScoreReliability = vt / vx, standardErrorOfMeasurement = sqrt(vx * (1 - kr))),
       cuts = cl, overall = list(accuracy = acc, consistency = con, kappa = (con - ch) / (1 - ch)))
}
two <- transform(items, c = 0)
guess <- rep(c(.5, .25, .25, .1), 5); mixed <- rep(c(2, 3, 2.5, 4), 5)
check("outlook_equal", "form outlook, 20 items of 5 points, 2PL, theta ~ N(-.05, .8^2)",
      list(points = rep(5, 20), guess = guess, cuts = c(55, 70, 85), mean = -.05, sd = .8, model = "2PL"),
      outlook(two, rep(5, 20), 5, c(55, 70, 85), -.05, .8, guess))
check("outlook_mixed", "form outlook, unequal points, 3PL, theta ~ N(.2, 1)",
      list(points = mixed, guess = guess, cuts = c(30, 41.5), mean = .2, sd = 1, model = "3PL"),
      outlook(items, mixed, .5, c(30, 41.5), .2, 1, guess))
##NEXT##
out <- list(id = "P23_psychometrics", title = "form outlook, Rasch and 2PL marginal ML, item fit, dependence, drift, classification",
            checks = checks, software = list(R = paste(R.version$major, R.version$minor, sep = "."), eRm = as.character(packageVersion("eRm"))))
writeLines(toJSON(out, auto_unbox = TRUE, digits = I(17), pretty = TRUE, matrix = "rowmajor", dataframe = "rows"),
           file.path(here, "cases", "P23_psychometrics.json"))
