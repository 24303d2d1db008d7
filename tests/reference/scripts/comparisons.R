# Simultaneous comparisons, between-district dispersion and the adjusted REML of small areas, for
# tests/reference/comparisons.test.ts. Run: Rscript tests/reference/scripts/comparisons.R > tests/reference/data/comparisons.json
# R 4.2.2, mvtnorm 1.1-3, multcomp 1.4-22, metafor 3.8-1.
suppressMessages({library(mvtnorm); library(multcomp); library(metafor)})
options(digits = 15)
set.seed(20251101)
num <- function(x) paste0("[", paste(format(x, digits = 15, trim = TRUE, scientific = FALSE), collapse = ","), "]")

# 1. Six districts with correlated, unequal errors.
est <- c(0.262, 0.217, 0.178, 0.244, 0.312, 0.196)
se <- c(0.021, 0.024, 0.018, 0.035, 0.028, 0.012)
load <- c(0.5, 0.3, -0.4, 0.6, 0.1, 0.2)
V <- outer(se, se) * (outer(load, load) + diag(1 - load^2))
pairs <- combn(6, 2)
K <- t(apply(pairs, 2, function(p) { k <- numeric(6); k[p[1]] <- 1; k[p[2]] <- -1; k }))
S <- K %*% V %*% t(K)
t0 <- as.vector(K %*% est) / sqrt(diag(S))
crit <- function(S, df, level = 0.95) {
  a <- GenzBretz(maxpts = 2e5, abseps = 1e-5)
  f <- function(c) pmvt(-rep(c, nrow(S)), rep(c, nrow(S)), df = df, corr = cov2cor(S), algorithm = a)[1] - level
  set.seed(1); uniroot(f, c(1.5, 12), tol = 2e-4)$root
}
# The 15 differences span five dimensions: pmvt is asked for the five and their combinations.
tail <- function(c, S, df) { set.seed(1); 1 - pmvt(-rep(c, nrow(S)), rep(c, nrow(S)), df = df, corr = cov2cor(S), algorithm = GenzBretz(maxpts = 2e5, abseps = 1e-5))[1] }
dfs <- c(5, 12, 40)
crits <- sapply(dfs, function(d) crit(S, d))
p12 <- sapply(abs(t0), tail, S = S, df = 12)
# multcomp's own adjusted p-values and simultaneous limits at df = 12.
names(est) <- letters[1:6]; dimnames(V) <- list(letters[1:6], letters[1:6])
g <- glht(parm(est, V, df = 12), linfct = K)
set.seed(1); gp <- summary(g, test = adjusted("single-step", maxpts = 2e5, abseps = 1e-5))$test$pvalues
# Deviations from the last, taken as the whole.
D <- cbind(diag(5), -1); SD <- D %*% V %*% t(D)
critWhole <- crit(SD, 20)

# 2. Tukey.
tukey <- expand.grid(J = c(3, 6, 10, 25), df = c(6, 15, 60))
tukey$c <- qtukey(0.95, tukey$J, tukey$df) / sqrt(2)

# 3. Dispersion.
y <- c(0.21, 0.18, 0.27, 0.24, 0.33, 0.15, 0.22, 0.29); v <- c(0.018, 0.022, 0.020, 0.031, 0.026, 0.015, 0.024, 0.021)^2
w <- c(120, 80, 260, 95, 140, 60, 210, 75)
he <- rma(y, v, method = "HE"); gq <- rma(y, v, weights = w, method = "GENQ")
ci <- confint(rma(y, v, method = "REML", control = list(tau2.max = 10)), control = list(tol = 1e-13))$random["tau^2", 2:3]

# 4. Adjusted REML (Yoshimori & Lahiri 2014): log restricted likelihood + log(atan(sum A/(A+D)))/m, no covariates.
z <- c(0.48, 0.50, 0.47, 0.49, 0.51, 0.46, 0.50, 0.52, 0.48, 0.49, 0.47, 0.50); d <- c(4, 6, 5, 9, 7, 5, 8, 6, 5, 7, 4, 6) * 1e-4
restricted <- function(A) { p <- 1 / (A + d); m <- sum(p * z) / sum(p); (sum(log(p)) - log(sum(p)) - sum(p * (z - m)^2)) / 2 }
adjusted <- function(A) restricted(A) + log(atan(sum(A / (A + d)))) / length(z)
reml <- rma(z, d, method = "REML")$tau2
A <- optimize(adjusted, c(1e-12, 1e-2), maximum = TRUE, tol = 1e-14)$maximum

cat('{\n"estimates":', num(est), ',\n"covariance":', num(as.vector(V)), ',\n"pairCriticalDf":', num(dfs), ',\n"pairCritical":', num(crits),
    ',\n"tailDf12":', num(p12), ',\n"glhtDf12":', num(as.vector(gp)), ',\n"wholeCriticalDf20":', num(critWhole),
    ',\n"tukey":[', paste(apply(tukey, 1, num), collapse = ","), ']',
    ',\n"y":', num(y), ',\n"v":', num(v), ',\n"w":', num(w), ',\n"hedges":', num(he$tau2), ',\n"genq":', num(gq$tau2), ',\n"genqMean":', num(sum(w * y) / sum(w)),
    ',\n"profile":', num(as.numeric(ci)), ',\n"z":', num(z), ',\n"d":', num(d), ',\n"reml":', num(reml), ',\n"adjusted":', num(A), '\n}\n', sep = "")
