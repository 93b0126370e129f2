#!/usr/bin/env bash
# Lists the jobs, or runs one with spark-submit; without a Spark at hand, with the embedded engine.
set -euo pipefail

here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
spark_minor=4.1

fail() {
  printf 'submit.sh: %s\n' "$1" >&2
  exit 2
}

usage() {
  printf 'usage: submit.sh [--dry-run] JOB [--snapshot-date D | --from D --to D] [--conf spark.atlas.KEY=VALUE ...]\n\njobs:\n'
  local conf
  for conf in "$here"/jobs/*.conf; do
    printf '  %-10s %s\n' "$(basename "$conf" .conf)" "$(head -n 1 "$conf" | sed 's/^# *//')"
  done
}

known_jobs() {
  (cd "$here/jobs" && printf '%s\n' *.conf | sed 's/\.conf$//' | paste -sd ' ' -)
}

check_date() {
  local name=$1 text=$2 year month day last
  [[ $text =~ ^([0-9]{4})-([0-9]{2})-([0-9]{2})$ ]] ||
    fail "$name: found '$text', expected a date such as 2022-07-21"
  year=$((10#${BASH_REMATCH[1]})) month=$((10#${BASH_REMATCH[2]})) day=$((10#${BASH_REMATCH[3]}))
  last=31
  case $month in
    4 | 6 | 9 | 11) last=30 ;;
    2) last=$((year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28)) ;;
  esac
  ((month >= 1 && month <= 12 && day >= 1 && day <= last)) ||
    fail "$name: found '$text', expected a day of the calendar such as 2022-07-21"
}

# Reads keys, one a line; prints "KEY NEAREST" for the first that settings.tsv lacks.
unknown_key() {
  awk -F '\t' '
    function least(a, b) { return a < b ? a : b }
    function distance(s, t,   i, j, d) {
      for (i = 0; i <= length(s); i++) d[i, 0] = i
      for (j = 0; j <= length(t); j++) d[0, j] = j
      for (i = 1; i <= length(s); i++)
        for (j = 1; j <= length(t); j++)
          d[i, j] = least(least(d[i - 1, j], d[i, j - 1]) + 1,
            d[i - 1, j - 1] + (substr(s, i, 1) != substr(t, j, 1)))
      return d[length(s), length(t)]
    }
    FILENAME != "-" { if ($0 !~ /^#/) known[$1] = 1; next }
    /^spark\.atlas\./ && !($1 in known) {
      for (key in known) {
        far = distance($1, key)
        if (best == "" || far < shortest || (far == shortest && key < best)) { best = key; shortest = far }
      }
      print $1, best
      exit
    }' "$here/src/main/resources/settings.tsv" -
}

spark_version() {
  local jar
  for jar in "$1"/jars/spark-core_*.jar; do
    if [[ -e $jar ]]; then
      basename "$jar" .jar | sed 's/.*-//'
      return
    fi
  done
  "$1/bin/spark-submit" --version 2>&1 | sed -n 's/.*version \([0-9][0-9.]*\).*/\1/p' | head -n 1
}

build_if_needed() {
  if [[ -f $jar && -f $here/target/spark.classpath ]] &&
    [[ -z $(find "$here/pom.xml" "$here/src/main" "$here/data-schemas" -newer "$jar" -print -quit) ]]; then
    return
  fi
  printf 'building Exposure Atlas (the first time this fetches Spark: some minutes) ...\n' >&2
  (cd "$here" && ./mvnw -q -B package -Dmaven.test.skip=true </dev/null >&2) || fail "the build failed"
  touch "$jar"
}

# True when the raw files of the dates lie on this machine and are few: below 15 MB, some 100,000 records.
is_little_work() {
  [[ $job != simulate ]] || return
  local raw argument day first='' last='' folders=() i
  raw=$(sed -n 's/^spark\.atlas\.raw[ =]*//p' "$conf")
  for argument in ${spark_arguments[@]+"${spark_arguments[@]}"}; do
    [[ $argument != spark.atlas.raw=* ]] || raw=${argument#*=}
  done
  for ((i = 0; i < ${#job_arguments[@]}; i += 2)); do
    case ${job_arguments[i]} in
      --snapshot-date) first=${job_arguments[i + 1]} last=$first ;;
      --from) first=${job_arguments[i + 1]} ;;
      --to) last=${job_arguments[i + 1]} ;;
    esac
  done
  for day in "${raw:-atlas/raw}"/*/*; do
    [[ ${day##*/} < $first || ${day##*/} > $last ]] || folders+=("$day")
  done
  ((${#folders[@]})) && (($(du -skc -- "${folders[@]}" | tail -n 1 | cut -f 1) < 15000))
}

dry_run=false job='' heap=1500m
spark_arguments=() job_arguments=() keys=()

while (($#)); do
  case $1 in
    --dry-run) dry_run=true ;;
    -h | --help) usage && exit ;;
    --conf)
      [[ ${2-} == *=* ]] || fail "--conf: found '${2-}', expected KEY=VALUE"
      spark_arguments+=(--conf "$2") keys+=("${2%%=*}")
      shift
      ;;
    --snapshot-date | --from | --to)
      check_date "$1" "${2-}"
      job_arguments+=("$1" "$2")
      shift
      ;;
    --country)
      [[ ${2-} =~ ^[A-Z][A-Z]$ ]] || fail "$1: found '${2-}', expected a code such as CN"
      job_arguments+=("$1" "$2")
      shift
      ;;
    --out | --scale | --seed)
      [[ -n ${2-} ]] || fail "$1: found nothing, expected a value"
      job_arguments+=("$1" "$2")
      shift
      ;;
    --master | --deploy-mode | --name | --queue | --jars | --files | --driver-memory | --executor-memory | \
      --driver-cores | --executor-cores | --num-executors | --total-executor-cores | --principal | --keytab)
      [[ -n ${2-} ]] || fail "$1: found nothing, expected a value"
      [[ $1 != --driver-memory ]] || heap=$2
      spark_arguments+=("$1" "$2")
      shift
      ;;
    -*) fail "unknown option '$1'; see submit.sh --help" ;;
    *)
      [[ -z $job ]] || fail "found '$1' after the job '$job', expected an option"
      job=$1
      ;;
  esac
  shift
done

if [[ -z $job ]]; then
  usage
  exit
fi
conf=$here/jobs/$job.conf
[[ -f $conf ]] || fail "unknown job '$job'; known jobs: $(known_jobs)"

unknown=$({
  ((${#keys[@]} == 0)) || printf '%s\n' "${keys[@]}"
  sed -n 's/^\(spark\.atlas\.[^ =]*\).*/\1/p' "$conf"
} | unknown_key)
[[ -z $unknown ]] || fail "unknown key ${unknown% *}; the nearest known one is ${unknown#* }"

main_class=$(sed -n 's/^spark\.atlas\.job\.main-class[ =]*//p' "$conf")
version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$here/pom.xml" | head -n 1)
jar=$here/target/exposure-atlas-$version-all.jar

submit=''
if [[ -n ${SPARK_HOME-} ]]; then
  submit=$SPARK_HOME/bin/spark-submit
  [[ -x $submit ]] || fail "SPARK_HOME: found '$SPARK_HOME', expected the folder of a Spark, with bin/spark-submit in it"
elif command -v spark-submit >/dev/null; then
  submit=$(readlink -f -- "$(command -v spark-submit)")
fi
if [[ -n $submit ]]; then
  found=$(spark_version "$(dirname -- "$(dirname -- "$submit")")")
  [[ $found == "$spark_minor".* ]] ||
    fail "$submit is Spark ${found:-of an unknown version}; Exposure Atlas $version needs Spark $spark_minor.x"
fi

# An empty array is an unset one to the bash of macOS.
options=(--load-spark-defaults --properties-file "$conf" ${spark_arguments[@]+"${spark_arguments[@]}"} --class "$main_class")
arguments=("${options[@]}" "$jar" ${job_arguments[@]+"${job_arguments[@]}"})

if $dry_run; then
  printf '%q' "${submit:-spark-submit}"
  printf ' %q' "${arguments[@]}"
  printf '\n'
  exit
fi

if [[ -z $submit ]]; then
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command -v "$java" >/dev/null || fail "no Java found; JDK 17 or 21 is needed"
  java_version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9][^"]*\)".*/\1/p' | head -n 1)
  java_major=${java_version%%[!0-9]*}
  # Spark's library of sketches refuses any other, and Hadoop's client does not start on 23 and later.
  [[ $java_major == 17 || $java_major == 21 ]] ||
    fail "$java is Java ${java_major:-of an unknown version}; JDK 17 or 21 is needed"
fi
build_if_needed
if [[ -n $submit ]]; then
  exec "$submit" "${arguments[@]}"
fi

read -r -a java_options <"$here/target/classes/java-options" || true
# Little work is over before the optimising compiler would pay. Without it Java keeps only 48 MB for compiled code, too little for all jobs. Each sort and each
# aggregation of it fills a fraction of a page, which is 16 MB or more by default.
if [[ $job == demo ]] || is_little_work; then
  java_options+=(-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m)
  options=(--conf spark.buffer.pageSize=1m "${options[@]}")
fi
# Hadoop starts a process for every file it makes, unless it is told of a file system that does not. This JVM compiles methods of any size (java-options), so a
# stage of a plan may be one method. A night broadcasts some 500 times, mostly a few kB: blocks of 4 MB for them were a third of all memory it asked for. Parts of
# a shuffle of 24 MB, not 64, are sorted within the heap: none goes to disk and back. A task orders its rows by part before it writes them; with a file and a
# compressor for each part expose takes a twentieth longer. Without a jar to submit, none is copied for an executor that has its classes already. A --conf of the
# caller comes later and wins.
resource=$jar
if [[ " ${spark_arguments[*]-} " != *' --master '* ]]; then
  options=(--master 'local[*]' --conf spark.hadoop.fs.file.impl=org.exposureatlas.store.PosixFileSystem
    --conf spark.sql.codegen.hugeMethodLimit=65535 --conf spark.broadcast.blockSize=128k
    --conf spark.sql.adaptive.advisoryPartitionSizeInBytes=24m --conf spark.shuffle.sort.bypassMergeThreshold=1 "${options[@]}")
  resource=spark-internal
fi
# The heap from the start, and room for classes: growing either takes collections: 36 in a night of 100 records, 24 so.
arguments=(-Xmx"$heap" -Xms"$heap" -XX:MetaspaceSize=256m -Dlog4j2.configurationFile="$here/jobs/log4j2.properties"
  -cp "$jar:$(<"$here/target/spark.classpath")" org.apache.spark.deploy.SparkSubmit
  "${options[@]}" "$resource" ${job_arguments[@]+"${job_arguments[@]}"})

# Later starts take up the loaded classes that the first nightly run leaves: they need some seconds less.
classes=$here/target/classes-$java_version.jsa
java_options+=(-Xlog:cds=off -Xlog:cds+dynamic=off)
if [[ $classes -nt $jar ]]; then
  exec "$java" "${java_options[@]}" -XX:SharedArchiveFile="$classes" "${arguments[@]}"
elif [[ $job != nightly || ! -w $here/target ]]; then
  exec "$java" "${java_options[@]}" "${arguments[@]}"
fi
status=0
"$java" "${java_options[@]}" -XX:ArchiveClassesAtExit="$classes" "${arguments[@]}" || status=$?
((status == 0)) || rm -f "$classes"
exit "$status"
