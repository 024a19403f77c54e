# shellcheck shell=bash
# Finds, or installs, what builds and runs Warren: `warren_jdk` a JDK 25 or newer, `warren_maven` Maven.
# To be sourced by bash under `set -euo pipefail`.

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# Exports JAVA_HOME and PATH for a JDK 25 or newer; ends the script with an error when there is none and none can be had.
warren_jdk() {
    local home
    home=$(find_jdk) || home=$(install_jdk) || die "no JDK 25 found. Install one (Debian, Ubuntu: openjdk-25-jdk-headless; Fedora: java-25-openjdk-devel;
Alpine: openjdk25; macOS: brew install openjdk; or unpack one below ~/.jdks) and set JAVA_HOME to it if it is not found then."
    export JAVA_HOME=$home PATH="$home/bin:$PATH"
}

# Makes `mvn` available on the PATH; ends the script with an error when it is not and cannot be installed.
warren_maven() {
    if have mvn; then return; fi
    update_package_lists
    install_packages maven || true
    hash -r
    have mvn || die 'no Maven found. Install it (Debian, Ubuntu, Fedora, Alpine, Homebrew: package maven), or put the bin directory of one on the PATH.'
}

# Prints the home of the first usable JDK: what the environment names goes before what lies about.
find_jdk() {
    local home java
    if [[ -n ${JAVA_HOME:-} ]] && is_jdk_25 "$JAVA_HOME"; then
        printf '%s\n' "$JAVA_HOME"
        return
    fi
    if java=$(command -v java) && java=$(real_path "$java"); then
        home=${java%/bin/java}
        if is_jdk_25 "$home"; then
            printf '%s\n' "$home"
            return
        fi
    fi
    for home in /usr/lib/jvm/* /opt/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$(macos_java_home)" \
        /opt/homebrew/opt/openjdk* /usr/local/opt/openjdk* "$WARREN_CACHE"/jdk-25/usr/lib/jvm/*; do
        if is_jdk_25 "$home"; then
            printf '%s\n' "$home"
            return
        fi
    done
    return 1
}

# True for the home of a JDK 25 or newer that has a compiler. Its `release` file says the version without starting it.
is_jdk_25() {
    [[ -x $1/bin/java && -x $1/bin/javac && -r $1/release ]] || return 1
    local version
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [[ -n $version && $version -ge 25 ]]
}

macos_java_home() { if [[ -x /usr/libexec/java_home ]]; then /usr/libexec/java_home -v 25+ 2>/dev/null || true; fi; }

# Resolves symbolic links, also where `readlink -f` does not exist.
real_path() {
    local path=$1 link
    while link=$(readlink "$path"); do
        case $link in
            /*) path=$link ;;
            *) path=$(dirname "$path")/$link ;;
        esac
    done
    printf '%s/%s\n' "$(cd "$(dirname "$path")" && pwd -P)" "${path##*/}"
}

# Installs a JDK 25 and prints its home. A Debian that is too old for it gets that of a newer release, unpacked in the cache.
install_jdk() {
    case $(package_manager) in
        apt-get)
            update_package_lists
            if apt_has openjdk-25-jdk-headless && install_packages openjdk-25-jdk-headless; then
                find_jdk
            else
                debian_tree jdk-25 "$WARREN_DEBIAN_RELEASE" 'usr/lib/jvm/*/bin/* usr/lib/jvm/*/lib/jspawnhelper' \
                    openjdk-25-jdk-headless libfontconfig1 libfreetype6 libharfbuzz0b >/dev/null && find_jdk
            fi
            ;;
        dnf) install_packages java-25-openjdk-devel && find_jdk ;;
        apk) install_packages openjdk25 && find_jdk ;;
        brew) install_packages openjdk && find_jdk ;;
        *) return 1 ;;
    esac
}

apt_has() { [[ $(apt-cache policy "$1" 2>/dev/null) == *'Candidate: '[0-9]* ]]; }
