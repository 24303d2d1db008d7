## R's route through tasks A-E on the same generated survey, with survey's own functions. Prints "task|elapsed|cpu".
## Run by bench.ts --r:  Rscript rRoute.R linearised|replicates
args <- commandArgs(TRUE)
suppressMessages(library(survey))

## The survey of reference/public/large/SPEC.md: a 32-bit linear congruential stream, PSU after PSU.
generate <- function(seed) {
  psus <- c(rep(97, 24), rep(96, 7))
  draws <- length(psus) + sum(psus) * 603
  state <- seed
  u <- numeric(draws)
  for (i in seq_len(draws)) u[i] <- state <- (1664525 * state + 1013904223) %% 4294967296
  u <- u / 4294967296
  at <- 0
  blocks <- vector("list", sum(psus))
  for (h in seq_along(psus)) {
    at <- at + 1
    eh <- (u[at] - 0.5) * 0.10
    for (i in seq_len(psus[h])) {
      ei <- (u[at + 1] - 0.5) * 0.16
      weight <- 400 * (1 + 3 * u[at + 2])
      urban <- as.integer(u[at + 3] < 0.6)
      x <- matrix(u[at + 3 + 1:600], 6)
      at <- at + 603
      group <- 1 + floor(5 * x[2, ])
      education <- 1 + (x[3, ] >= 0.25) + (x[3, ] >= 0.60) + (x[3, ] >= 0.82)
      p <- 0.04 + 0.05 * (education - 1) + 0.02 * (5 - group) + 0.03 * urban + eh + ei
      k <- sum(psus[seq_len(h - 1)]) + i
      blocks[[k]] <- cbind(h, k, (h - 1) %% 20 + 1, 1 + (x[1, ] >= 0.52), group, education,
                           weight * (1 + floor(3 * x[4, ])), x[5, ] < pmin(0.9, pmax(0.005, p)))
    }
  }
  d <- as.data.frame(do.call(rbind, blocks))
  names(d) <- c("stratum", "psu", "region", "sex", "group", "education", "weight", "literate")
  stopifnot(sum(d$literate) == 50839)
  d
}

timed <- function(task, call) {
  t <- system.time(value <- call)
  cat(sprintf("%s|%.3f|%.3f\n", task, t[3], t[1] + t[2]))
  invisible(value)
}
d <- generate(20260101)
margins <- list(
  sex = data.frame(sex = 1:2, Freq = 5e8 * c(0.51, 0.49)),
  group = data.frame(group = 1:5, Freq = 5e8 * c(0.20, 0.22, 0.22, 0.20, 0.16)),
  education = data.frame(education = 1:4, Freq = 5e8 * c(0.30, 0.34, 0.20, 0.16))
)
ds <- timed("A svydesign", svydesign(id = ~psu, strata = ~stratum, weights = ~weight, data = d))
if (args[1] == "linearised") {
  total <- c(5e8, margins$sex$Freq[2], margins$group$Freq[2:5], margins$education$Freq[2:4])
  names(total) <- c("(Intercept)", "factor(sex)2", paste0("factor(group)", 2:5), paste0("factor(education)", 2:4))
  raked <- timed("B calibrate", calibrate(ds, ~factor(sex) + factor(group) + factor(education), total,
                                          calfun = "raking", epsilon = 1e-9))
  timed("C svyby svymean, calibrate()", svyby(~literate, ~region + group, raked, svymean))
  byRake <- timed("B rake", rake(ds, list(~sex, ~group, ~education), margins,
                                 control = list(maxit = 100, epsilon = 1e-9)))
  timed("C svyby svyciprop logit, rake()", svyby(~literate, ~region + group, byRake, svyciprop,
                                                 vartype = "ci", method = "logit"))
} else {
  set.seed(1)
  reps <- timed("D as.svrepdesign 500", as.svrepdesign(ds, type = "subbootstrap", replicates = 500))
  raked <- timed("E rake 500", rake(reps, list(~sex, ~group, ~education), margins,
                                    control = list(maxit = 20, epsilon = 1)))
  timed("E svyby svymean 100, 500 raked", svyby(~literate, ~region + group, raked, svymean))
}
