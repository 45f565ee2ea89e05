"""From the ledger to tables as data: heads, rows, cells that know the answer behind them."""
