"""The two estimators. Each reports its losses step by step on data that it is not fitted to."""

import lightgbm
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def fit_logistic(train, validation, arguments, on_step):
    model = make_pipeline(SimpleImputer(), StandardScaler(), LogisticRegression(max_iter=1000))
    model.fit(train.features, train.labels)
    losses = {
        "train_logloss": log_loss(train.labels, model.predict_proba(train.features)[:, 1]),
        "validation_logloss": log_loss(validation.labels, model.predict_proba(validation.features)[:, 1]),
    }
    on_step(0, losses)
    return model


def fit_gbdt(train, validation, arguments, on_step):
    def report(environment):
        losses = {f"{name}_logloss": value for name, _, value, _ in environment.evaluation_result_list}
        on_step(environment.iteration, losses)

    model = lightgbm.LGBMClassifier(
        n_estimators=arguments.trees,
        num_leaves=arguments.leaves,
        learning_rate=arguments.rate,
        min_child_samples=arguments.min_rows,
        colsample_bytree=arguments.columns,
        reg_lambda=arguments.l2,
        random_state=arguments.seed,
        n_jobs=arguments.threads,
        deterministic=True,
        force_row_wise=True,
        verbose=-1,
    )
    # The curve is watched, never used: no early stopping, so the validation fortnight stays out of the fit.
    model.fit(
        train.features,
        train.labels,
        eval_X=(train.features, validation.features),
        eval_y=(train.labels, validation.labels),
        eval_names=["train", "validation"],
        eval_metric="binary_logloss",
        callbacks=[report],
    )
    return model
