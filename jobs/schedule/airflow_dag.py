"""Airflow: one run a day, with catch-up; each run is safe to repeat."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    dag_id="exposure_atlas_nightly",
    schedule="15 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=True,
    max_active_runs=1,
) as dag:
    BashOperator(
        task_id="nightly",
        bash_command="/opt/exposure-atlas/submit.sh nightly --snapshot-date {{ ds }}",
    )
