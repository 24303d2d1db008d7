## Reference values of predictive margins: Rscript tests/reference/scripts/predictiveMargins.R
## Writes tests/reference/cases/P22_predictive_margins.json from data/city.csv. R 4.2.2, survey 4.1-1.
suppressWarnings(suppressMessages({library(survey); library(jsonlite)}))
options(digits = 15); invisible(Sys.setlocale("LC_COLLATE", "C"))
here <- dirname(dirname(normalizePath(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[1]))))
d <- read.csv(file.path(here, "data", "city.csv"), stringsAsFactors = TRUE)
plain <- svydesign(id = ~psu, strata = ~stratum, weights = ~weight, data = d)
exact <- glm.control(epsilon = 1e-14, maxit = 100)
## survey 4.1-1 refits the model with .groupfactor; its own fit stops at 1e-8, so the control goes along.
## predictat as a factor: its order is that of the levels, and a text of one level has no contrasts.
margins <- function(design, formula, logistic, factor) {
  model <- if (logistic) svyglm(formula, design = design, family = quasibinomial(), control = exact)
           else svyglm(formula, design = design)
  levels <- sort(unique(as.character(d[[factor]])))
  found <- svypredmeans(model, as.formula(paste0("~", factor)), predictat = factor(levels, levels = levels))
  v <- unname(as.matrix(vcov(found)))
  dimnames(v) <- NULL
  k <- c(1, length(levels))
  contrast <- v[1, 1] + v[k[2], k[2]] - 2 * v[1, k[2]]
  refit <- update(model, as.formula(paste(". ~ . +", factor)))
  list(levels = levels, est = unname(coef(found)), se = unname(sqrt(diag(v))), cov = v,
       df = refit$df.residual, last_minus_first = list(diff = unname(coef(found)[k[2]] - coef(found)[1]), se = sqrt(contrast)))
}
## A calibrated design: post-stratified by sex, to totals near those of the sample.
totals <- xtabs(weight ~ sex, d); pop <- as.data.frame(round(totals * c(1.1, 0.95))); names(pop) <- c("sex", "Freq")
ps <- postStratify(plain, ~sex, pop)
check <- function(id, design, formula, logistic, factor, label)
  list(id = id, what = "predictive margins",
       args = list(design = label, outcome = all.vars(formula)[1], adjust = all.vars(formula)[-1], factor = factor,
                   logistic = logistic, population = pop),
       values = margins(design, formula, logistic, factor), tol = list(rel = 1e-7, abs = 1e-10), status = "normative",
       source = "R survey svypredmeans")
checks <- list(
  check("logistic_region", plain, literate ~ sex + age_group + education + urban, TRUE, "region", "plain"),
  check("logistic_education", plain, literate ~ sex + age_group, TRUE, "education", "plain"),
  check("linear_region", plain, score ~ age_group + education, FALSE, "region", "plain"),
  check("logistic_region_poststratified", ps, literate ~ age_group + education + urban, TRUE, "region", "postStratified"))
out <- list(id = "P22_predictive_margins", title = "predictive margins of survey regressions (Graubard & Korn 1999)",
            checks = checks, software = list(R = paste(R.version$major, R.version$minor, sep = "."),
                                             survey = as.character(packageVersion("survey"))))
writeLines(toJSON(out, auto_unbox = TRUE, digits = I(17), pretty = TRUE, matrix = "rowmajor", dataframe = "rows"),
           file.path(here, "cases", "P22_predictive_margins.json"))
