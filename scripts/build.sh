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
    quietly .warren/build.log mvn -B -ntp -DskipTests -Dspotless.check.skip=true package || die 'the build failed; see .warren/build.log'
    mv "$stamp.next" "$stamp"
}
