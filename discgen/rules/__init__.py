"""What must hold beyond the shape of files: functions from a case to findings, each bound to its codes by `@rule`.

A code tells its module, by its family:

    R  reconciliation, reconciliation_limits, reconciliation_declared,     勾稽
       reconciliation_units
    Y  years                                                               与上年比
    A  assets                                                              资产和必备内容
    G  goals, goals_indicators                                             项目和绩效目标
    E  evaluations                                                         决算和绩效自评
    P  prose_figures, prose_punctuation, prose_reasons, prose_wording      文字
    D  secrecy                                                             不该公开的内容

What they look at and weigh with is in `case`, `figures` and `regions`; the facts of each code (severity, kinds of
disclosure, what it blocks) are in `catalogue`, from `schema/rules/`; `registry` finds the functions and runs them.
"""
