# Sub-scores (Haberman 2008, base R), tetrachoric correlations (polycor, psych), bivariate normal (mvtnorm) and eigenvalues
# for tests/reference/itemAnalysis.test.ts, from data/irt_responses.csv.
# Run: Rscript tests/reference/scripts/itemAnalysis.R > tests/reference/data/item_analysis.json
# R 4.2.2. The closed formula of PRMSE is checked here against the regression of a simulated true score.
suppressWarnings(suppressMessages({library(jsonlite); library(polycor); library(mvtnorm); library(psych)}))
here <- dirname(dirname(normalizePath(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[1]))))
r <- read.csv(file.path(here, "data", "irt_responses.csv"))
Y <- as.matrix(r[, grep("^q", names(r))]); w <- r$weight / sum(r$weight)
alpha <- function(Z, w) { m <- colSums(w * Z); v <- sum(w * (rowSums(Z) - sum(w * rowSums(Z)))^2)
  n <- ncol(Z); n / (n - 1) * (1 - sum(m * (1 - m)) / v) }
prmse <- function(Y, cols, w) {
  s <- rowSums(Y[, cols, drop = FALSE]); x <- rowSums(Y); ms <- sum(w * s); mx <- sum(w * x)
  vs <- sum(w * (s - ms)^2); vx <- sum(w * (x - mx)^2); cs <- sum(w * (s - ms) * (x - mx))
  a <- alpha(Y[, cols], w); ax <- alpha(Y, w)
  true <- cs - vs * (1 - a)                       # cov(true s, true x): the errors of s are errors of x
  list(alpha = a, total = true^2 / (a * vs * vx), correlation = true / sqrt(a * vs * ax * vx))
}
sets <- list(first = 1:5, middle = 6:15, last = 16:20)
equal <- rep(1 / nrow(Y), nrow(Y))
# The formula against its definition: squared correlation of the true sub-score with the observed total.
set.seed(1); n <- 4e5; th <- rmvnorm(n, sigma = matrix(c(1, .6, .6, 1), 2)); b <- seq(-1, 1, length.out = 6)
P <- cbind(sapply(b, function(k) plogis(th[, 1] - k)), sapply(b, function(k) plogis(1.5 * (th[, 2] - k))))
U <- (matrix(runif(length(P)), n) < P) + 0
# Parallel halves would need equal items; alpha is a lower bound, so the definition is held with the true variance instead.
s <- rowSums(U[, 1:6]); ts <- rowSums(P[, 1:6]); x <- rowSums(U)
closed <- (cov(s, x) - (var(s) - var(ts)))^2 / (var(ts) * var(x))
stopifnot(abs(closed - cor(ts, x)^2) < .005)
pairs <- rbind(c(1, 2), c(3, 9), c(10, 11), c(1, 20), c(5, 17))
tetra <- apply(pairs, 1, function(p) polychor(table(Y[, p[1]], Y[, p[2]]), ML = FALSE))
M <- suppressWarnings(psych::tetrachoric(Y, correct = .5, smooth = FALSE))$rho
invisible(capture.output(zero <- psych::tetrachoric(matrix(c(40, 0, 30, 30), 2), correct = .5)$rho))
bvn <- expand.grid(h = c(-2, -.3, .8), k = c(-1, .4, 2.2), r = c(-.9, -.4, .1, .7, .95))
bvn$p <- apply(bvn, 1, function(z) pmvnorm(c(-Inf, -Inf), z[1:2], corr = matrix(c(1, z[3], z[3], 1), 2), algorithm = TVPACK(1e-14)))
cat(toJSON(list(
  equal = lapply(sets, function(k) prmse(Y, k, equal)), weighted = lapply(sets, function(k) prmse(Y, k, w)),
  pairs = pairs, tetrachoric = tetra, tetrachoricOfAll = as.vector(M), eigenvalues = eigen(M, symmetric = TRUE)$values,
  bivariateNormal = as.matrix(bvn), zeroCell = zero
), digits = 15, auto_unbox = TRUE))
