# Values of the specifications that no reference case covers. R 4.2.2, survey 4.1-1.
# Rscript tests/specs/scripts/specs.R   (from the project's folder; writes tests/specs/scripts/specs.json)
suppressMessages(library(survey))
data_of <- function(name) read.csv(file.path("tests/reference/data", name), stringsAsFactors = FALSE)
row_of <- function(x, design) {
  limits <- confint(x, df = degf(design))
  list(est = as.numeric(coef(x)), se = as.numeric(SE(x)), lo = limits[, 1], hi = limits[, 2])
}
by_of <- function(formula, by, design) {
  found <- svyby(formula, by, design, svymean)
  list(domain = as.character(found[[1]]), est = as.numeric(coef(found)), se = as.numeric(SE(found)))
}

# 16: five classes by quantiles of the propensity, then raking of the respondents to sex and age.
sample <- data_of("city_response.csv")
fit <- glm(respond ~ sex + urban + age_group + education, family = quasibinomial,
           data = sample, weights = weight / mean(weight), control = glm.control(epsilon = 1e-14, maxit = 50))
p <- fitted(fit)
cuts <- quantile(p, (1:4) / 5, type = 7)
sample$class <- 1 + rowSums(outer(p, cuts, function(a, b) a > b * (1 + 1e-12)))
all_w <- tapply(sample$weight, sample$class, sum)
answered <- tapply(sample$weight * sample$respond, sample$class, sum)
sample$adjusted <- sample$weight * (all_w / answered)[sample$class] * sample$respond
respondents <- subset(sample, respond == 1)
stopifnot(length(unique(respondents$psu)) == length(unique(sample$psu)))
respondents$woman <- as.numeric(respondents$sex == "F")
respondents$college <- as.numeric(respondents$education == "college")
base <- svydesign(ids = ~psu, strata = ~stratum, weights = ~adjusted, data = respondents)
ages <- c(1629916.44000018, 1555828.41999993, 1555828.41999993, 1481741.39999995, 1185393.32000001)
raked <- calibrate(base, ~ sex + age_group,
  c(`(Intercept)` = 7408708, sexM = 3704354, `age_group30-39` = ages[2], `age_group40-49` = ages[3],
    `age_group50-59` = ages[4], `age_group60-69` = ages[5]),
  calfun = "raking", epsilon = 1e-13, maxit = 200)
propensity <- list(
  coefficients = as.numeric(coef(fit)),
  factors = as.numeric(all_w / answered),
  adjusted_total = sum(sample$adjusted),
  kish = nrow(respondents) * sum(weights(raked)^2) / sum(weights(raked))^2,
  college_by_region = by_of(~college, ~region, raked))

# 23: PSUs of D01 drawn for certain.
city <- data_of("city.csv")
certain <- city$stratum == "D01"
city$h <- ifelse(certain, paste("certainty", city$psu), city$stratum)
city$u <- ifelse(certain, paste(city$psu, city$ssu), as.character(city$psu))
options(survey.lonely.psu = "certainty")
design <- svydesign(ids = ~u, strata = ~h, weights = ~weight, data = city)
certainty <- list(
  psus = length(unique(city$u)), strata = length(unique(city$h)),
  literate = row_of(svymean(~literate, design), design),
  literate_by_region = by_of(~literate, ~region, design))

writeLines(jsonlite::toJSON(list(propensity = propensity, certainty = certainty),
                            auto_unbox = TRUE, digits = NA, pretty = TRUE), "tests/specs/scripts/specs.json")
