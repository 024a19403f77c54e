# shellcheck shell=bash
# Builds Warren when its sources are newer than what was built. To be sourced after jdk.sh, in the project's directory.

# Packages all modules without their tests. The stamp is written after a build that succeeded only.
build_if_stale() {
    local stamp=.warren/built
    if [[ -e $stamp && -z $(find . -name target -prune -o -name .git -prune -o -newer "$stamp" -type f \
        \( -name pom.xml -o -path '*/src/main/*' -o -path './crds/*.yaml' \) -print -quit) ]]; then
        return
    fi
    warren_maven
    mkdir -p .warren
    say 'Building ...'
    touch "$stamp.next"
    quietly .warren/build.log mvn -B -ntp -DskipTests -Dspotless.check.skip=true package ||
        die 'the build failed; see .warren/build.log'
    archive_worker
    mv "$stamp.next" "$stamp"
}

# Prints the class path of a module: its jar, and what it needs in one folder, as an image would hold them.
class_path() { printf '%s:%s\n' "$(ls "$PWD/$1"/target/warren-*.jar)" "$PWD/$1/target/lib/*"; }

# Keeps what a worker loads until it has read its environment, which halves the time of every later start. A start without
# an environment ends with a complaint; only what was loaded until then is of interest.
archive_worker() {
    "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xlog:disable -XX:ArchiveClassesAtExit=.warren/worker.jsa \
        -cp "$(class_path worker-runtime)" dev.warren.worker.pod.WorkerMain >/dev/null 2>&1 || true
}
