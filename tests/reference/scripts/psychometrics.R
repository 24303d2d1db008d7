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
## ---- marginal ML: Newton on the marginal log-likelihood (posterior), 61 nodes, N(0,1)
nodes <- seq(-6, 6, length.out = 61); gw <- dnorm(nodes); gw <- gw / sum(gw)
post <- function(Y, a, d) { e <- outer(nodes, a) + rep(d, each = 61); p <- plogis(e); seen <- !is.na(Y); Z <- ifelse(seen, Y, 0)
  L <- Z %*% t(plogis(e, log.p = TRUE)) + (seen - Z) %*% t(plogis(-e, log.p = TRUE)); m <- apply(L, 1, max)
  g <- exp(L - m) * rep(gw, each = nrow(Y)); list(ll = m + log(rowSums(g)), po = g / rowSums(g), p = p) }
prior <- list(v = function(a) sum(dlnorm(a, 0, .5, log = TRUE)), g = function(a) -(1 + log(a) / .25) / a)
fit <- function(Y, w, rasch, useprior) {
  w <- w * length(w) / sum(w); n <- ncol(Y); seen <- !is.na(Y); Z <- ifelse(seen, Y, 0)
  unpack <- function(x) if (rasch) list(a = rep(x[1], n), d = x[-1]) else list(a = x[1:n], d = x[n + 1:n])
  obj <- function(x) { u <- unpack(x); sum(w * post(Y, u$a, u$d)$ll) + if (useprior) prior$v(u$a) else 0 }
  gr <- function(x) { u <- unpack(x); f <- post(Y, u$a, u$d); po <- f$po * w
    N <- t(seen) %*% po; R <- t(Z) %*% po; D <- R - N * t(f$p); ga <- drop(D %*% nodes) + if (useprior) prior$g(u$a) else 0; gd <- rowSums(D)
    if (rasch) c(sum(ga), gd) else c(ga, gd) }
  x <- c(if (rasch) 1 else rep(1, n), qlogis(colSums(w * Z) / colSums(w * seen)))
  x <- optim(x, obj, gr, method = "BFGS", control = list(fnscale = -1, maxit = 2000, reltol = 1e-15))$par
  for (k in 1:30) { H <- jacobian(gr, x); s <- solve(H, gr(x)); x <- x - s; if (max(abs(s)) < 1e-11) break }
  H <- jacobian(gr, x); V <- solve(-(H + t(H)) / 2); u <- unpack(x); se <- sqrt(diag(V)); f <- post(Y, u$a, u$d); b <- -u$d / u$a
  va <- if (rasch) rep(V[1, 1], n) else diag(V)[1:n]; vd <- if (rasch) diag(V)[-1] else diag(V)[n + 1:n]
  vad <- if (rasch) V[1, -1] else diag(V[1:n, n + 1:n])
  list(a = u$a, b = b, d = u$d, se_a = sqrt(va), se_b = sqrt((vd + b^2 * va + 2 * b * vad) / u$a^2), se_d = sqrt(vd), loglik = sum(w * f$ll))
}
w1 <- rep(1, nrow(Y)); booklet <- rep(1:3, length.out = nrow(Y)); YB <- Y
YB[booklet == 1, 1:7] <- NA; YB[booklet == 2, 8:14] <- NA; YB[booklet == 3, 15:20] <- NA
check("rasch_mml", "Rasch marginal ML (common slope, theta ~ N(0,1)), complete data", list(data = "complete"), fit(Y, w1, TRUE, FALSE), 1e-6, 1e-7)
check("mml2pl_booklets", "2PL marginal ML with log-normal prior LN(0,.5), weights, three booklets missing by design (persons 1, 4, .. lack items 1-7; 2, 5, .. 8-14; 3, 6, .. 15-20)",
      list(data = "booklets", weighted = TRUE), fit(YB, responses$weight, FALSE, TRUE), 1e-6, 1e-7)
rasch <- fit(Y, w1, TRUE, FALSE)

## ---- Rasch conditional ML with booklets: Newton on the exact likelihood; eRm 1.0-2 checks to its own stopping rule
esf <- function(e) { g <- 1; for (x in e) g <- c(g, 0) + x * c(0, g); g }
cml <- function(Y) { n <- ncol(Y); key <- apply(is.na(Y), 1, function(r) paste(which(!r), collapse = " ")); groups <- lapply(split(seq_len(nrow(Y)), key), function(r) {
    cols <- which(!is.na(Y[r[1], ])); Z <- Y[r, cols, drop = FALSE]; t <- rowSums(Z); Z <- Z[t > 0 & t < length(cols), , drop = FALSE]; list(cols = cols, S = colSums(Z), n = tabulate(rowSums(Z), length(cols)), persons = nrow(Z)) })
  ll <- function(b) sum(sapply(groups, function(g) { k <- length(g$cols); -sum(b[g$cols] * g$S) - sum(g$n[1:(k - 1)] * log(esf(exp(-b[g$cols]))[2:k])) }))
  gr <- function(b) { out <- numeric(n); for (g in groups) { e <- exp(-b[g$cols]); k <- length(e); G <- esf(e); out[g$cols] <- out[g$cols] + sapply(1:k, function(j) { h <- esf(e[-j]); -g$S[j] + sum(g$n[1:(k - 1)] * e[j] * h[1:(k - 1)] / G[2:k]) }) }; out }
  f <- function(x) gr(c(0, x))[-1]; x <- rep(0, n - 1)
  for (i in 1:60) { s <- solve(jacobian(f, x), f(x)); if (max(abs(s)) > 1) s <- s / max(abs(s)); x <- x - s; if (max(abs(s)) < 1e-12) break }
  V <- solve(-jacobian(f, x)); A <- rbind(0, diag(n - 1)) - matrix(1 / n, n, n - 1); b <- c(0, x)
  list(difficulty = b - mean(b), se = sqrt(diag(A %*% V %*% t(A))), loglik = ll(b), n_used = sum(sapply(groups, `[[`, "persons"))) }
cm <- cml(YB); er <- suppressWarnings(RM(YB, sum0 = TRUE)); stopifnot(max(abs(cm$difficulty + coef(er))) < 1e-3)
check("rasch_cml_booklets", "Rasch conditional ML over three booklets, sum zero", list(data = "booklets"), cm, 1e-7, 1e-8, "base R Newton; eRm::RM agrees to 1e-3 (its stopping rule)")

## ---- infit and outfit at given abilities (CML difficulties, person ML), persons with extreme scores out; eRm::itemfit
cc <- cml(Y); b <- cc$difficulty; tot <- rowSums(Y); ml <- sapply(1:(J - 1), function(r) uniroot(function(t) sum(plogis(t - b)) - r, c(-15, 15), tol = 1e-14)$root)
ok <- tot > 0 & tot < J; th <- ml[tot[ok]]; E <- plogis(outer(th, b, "-")); W <- E * (1 - E); R <- Y[ok, ] - E; C <- W * (1 - 3 * W) # fourth moment P Q (1 - 3 P Q)
N <- nrow(R); outfit <- colMeans(R^2 / W); infit <- colSums(R^2) / colSums(W)
so <- sqrt(colSums(C / W^2) / N^2 - 1 / N); si <- sqrt(colSums(C - W^2) / colSums(W)^2); wh <- function(ms, q) (ms^(1/3) - 1) * 3 / q + q / 3
ef <- itemfit(person.parameter(suppressWarnings(RM(Y, sum0 = TRUE))))
stopifnot(max(abs(ef$i.infitMSQ - infit)) < 1e-3, max(abs(ef$i.outfitMSQ - outfit)) < 3e-3)
check("item_fit", "infit and outfit mean squares and their t, Rasch, person ML abilities", list(difficulty = b, theta_by_score = ml),
      list(infit = infit, outfit = outfit, infit_t = wh(infit, si), outfit_t = wh(outfit, so), n_used = N), source = "base R; eRm::itemfit agrees to its stopping rule")

## ---- Q3 at EAP abilities of the 2PL (61 nodes), and S-X2
two <- transform(items, c = 0); f <- post(Y, two$a, -two$a * two$b); eap <- drop(f$po %*% nodes); Q <- cor(Y - plogis(outer(eap, two$a) - rep(two$a * two$b, each = nrow(Y))))
lo <- Q[lower.tri(Q)]; check("q3", "Yen's Q3 at EAP abilities; Q3* = Q3 minus the mean of all pairs", list(), list(first_row = Q[1, -1], mean = mean(lo), largest = max(lo), largest_star = max(lo) - mean(lo)))
sx2 <- function(j) { P <- plogis(outer(nodes, two$a) - rep(two$a * two$b, each = 61)); all <- sapply(1:61, function(q) distribution(P[q, ], rep(1, J))); rest <- sapply(1:61, function(q) distribution(P[q, -j], rep(1, J - 1)))
  k <- 1:(J - 1); n <- sapply(k, function(s) sum(tot == s)); o <- sapply(k, function(s) sum(Y[tot == s, j])); Ek <- sapply(k, function(s) sum(gw * P[, j] * rest[s, ]) / sum(gw * all[s + 1, ]))
  cells <- NULL; cur <- c(0, 0, 0); for (i in seq_along(k)) { cur <- cur + c(n[i], o[i], n[i] * Ek[i]); if (cur[3] >= 1 && cur[1] - cur[3] >= 1) { cells <- rbind(cells, cur); cur <- c(0, 0, 0) } }
  if (cur[1] > 0) cells[nrow(cells), ] <- cells[nrow(cells), ] + cur
  x <- sum((cells[, 2] - cells[, 3])^2 / cells[, 3] + (cells[, 2] - cells[, 3])^2 / (cells[, 1] - cells[, 3])); df <- nrow(cells) - 2; nn <- sum(cells[, 1])
  list(statistic = x, df = df, p = pchisq(x, df, lower.tail = FALSE), rmsea = sqrt(max(0, (x - df) / (df * (nn - 1))))) }
check("s_x2", "S-X2 (Orlando & Thissen 2000): scores 1..J-1, neighbouring scores merged upwards until both expected counts reach 1, df = cells - 2", list(),
      lapply(1:J, sx2))

## ---- drift of anchors (R quantile type 7), Livingston-Lewis
d <- c(.03, -.05, .10, .02, -.08, .55, .01, -.02, .06, -.04, .00, .07); z <- (d - median(d)) / (.74 * IQR(d))
check("robust_z", "robust z of anchor shifts and linking error", list(shifts = d), list(z = z, linking_error = sqrt(sum((d - mean(d))^2) / (length(d) * (length(d) - 1)))))
## Four-parameter beta true scores by moments (Lord 1965; Hanson 1991), effective length rounded, binomial errors.
ll <- function(x, rel, lo, hi, cut) {
  m <- mean(x); v <- mean((x - m)^2); nn <- ((m - lo) * (hi - m) - rel * v) / (v * (1 - rel)); n <- round(nn)
  y <- (x - lo) / (hi - lo) * n; f <- function(r) mean(sapply(y, function(k) prod(k - 0:(r - 1)))) / prod(n - 0:(r - 1)); t <- sapply(1:4, f)
  mu <- t[1]; s2 <- t[2] - mu^2; g1 <- (t[3] - 3 * mu * t[2] + 2 * mu^3) / s2^1.5; g2 <- (t[4] - 4 * mu * t[3] + 6 * mu^2 * t[2] - 3 * mu^4) / s2^2
  r <- 6 * (g2 - g1^2 - 1) / (6 + 3 * g1^2 - 2 * g2); h <- sqrt(max(0, 1 - 24 * (r + 1) / ((r + 2) * (r + 3) * g2 - 3 * (r - 6) * (r + 1)))); h <- if (g1 < 0) h else -h
  a <- r / 2 * (1 + h); b <- r / 2 * (1 - h); l <- mu - a * sqrt(s2 * (a + b + 1)) / sqrt(a * b); u <- mu + b * sqrt(s2 * (a + b + 1)) / sqrt(a * b)
  four <- is.finite(l + u + a + b) && l >= 0 && u <= 1 && a > 0 && b > 0; if (!four) { l <- 0; u <- 1; a <- mu * (mu * (1 - mu) / s2 - 1); b <- (1 - mu) * (mu * (1 - mu) / s2 - 1) }
  pc <- (cut - lo) / (hi - lo); k <- ceiling(n * pc - 1e-9); dens <- function(p) dbeta((p - l) / (u - l), a, b) / (u - l); up <- function(p) pbinom(k - 1, n, p, lower.tail = FALSE)
  I <- function(g, x0, x1) if (x1 <= x0) 0 else integrate(function(p) g(p) * dens(p), x0, x1, rel.tol = 1e-11, subdivisions = 4000)$value; c0 <- min(max(pc, l), u)
  tn <- I(function(p) 1 - up(p), l, c0); fp <- I(up, l, c0); fn <- I(function(p) 1 - up(p), c0, u); tp <- I(up, c0, u); con <- I(function(p) up(p)^2 + (1 - up(p))^2, l, c0) + I(function(p) up(p)^2 + (1 - up(p))^2, c0, u)
  obs <- tp + fp; ch <- obs^2 + (1 - obs)^2
  list(effectiveLength = nn, lower = l, upper = u, alpha = a, beta = b, accuracy = tp + tn, consistency = con, kappa = (con - ch) / (1 - ch), falsePositive = fp, falseNegative = fn) }
al <- J / (J - 1) * (1 - sum(apply(Y, 2, var)) / var(tot)); check("livingston_lewis", "Livingston & Lewis (1995) on the 20-item totals, alpha as reliability", list(reliability = al, minimum = 0, maximum = 20, cuts = c(11, 14)),
      lapply(c(11, 14), function(k) ll(tot, al, 0, 20, k)), 1e-7, 1e-9, "base R after the formulas that betafunctions::LL.CA documents")
## True scores on part of the scale: beta(2, 3) between .2 and .9, 30 binomial trials, as score counts.
counts <- round(5000 * sapply(0:30, function(k) integrate(function(p) dbinom(k, 30, p) * dbeta((p - .2) / .7, 2, 3) / .7, .2, .9)$value)); xs <- rep(0:30, counts)
check("livingston_lewis_four", "the same where the four-parameter beta fits: scores of 30 items", list(reliability = .62, minimum = 0, maximum = 30, counts = counts, cuts = c(14, 19)),
      lapply(c(14, 19), function(k) ll(xs, .62, 0, 30, k)), 1e-7, 1e-9, "base R after the formulas that betafunctions::LL.CA documents")
out <- list(id = "P23_psychometrics", title = "form outlook, Rasch and 2PL marginal ML, item fit, dependence, drift, classification",
            checks = checks, software = list(R = paste(R.version$major, R.version$minor, sep = "."), eRm = as.character(packageVersion("eRm"))))
writeLines(toJSON(out, auto_unbox = TRUE, digits = I(17), pretty = TRUE, matrix = "rowmajor", dataframe = "rows"),
           file.path(here, "cases", "P23_psychometrics.json"))
