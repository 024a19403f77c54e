# shellcheck shell=bash
# Functions that Warren's scripts share: messages, the cache directory, and software the machine lacks.
# To be sourced by bash 3.2 or newer under `set -euo pipefail`. Messages go to standard error; standard output is for results.

# Directory for what is made once per user and may be deleted at any time while no node runs.
WARREN_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/warren

# The Debian release that has what an older one lacks: JDK 25 and RabbitMQ 4.
# shellcheck disable=SC2034 # read by the scripts that source this one
WARREN_DEBIAN_RELEASE=trixie

say() { printf '%s\n' "$*" >&2; }

die() { printf 'error: %s\n' "$*" >&2; exit 1; }

have() { command -v "$1" >/dev/null 2>&1; }

# True when commands can be run as root without asking for a password.
can_be_root() { [[ $(id -u) == 0 ]] || { have sudo && sudo -n true 2>/dev/null; }; }

as_root() { if [[ $(id -u) == 0 ]]; then "$@"; else sudo -n "$@"; fi; }

# with_lock NAME COMMAND...: runs the command in a subshell, one at a time per user and name.
with_lock() {
    local name=$1
    shift
    mkdir -p "$WARREN_CACHE"
    (
        if have flock; then flock 8; fi
        "$@" 8>&-
    ) 8>"$WARREN_CACHE/$name.lock"
}

# quietly LOG COMMAND...: runs the command with its output in LOG, and shows the end of LOG when it fails.
quietly() {
    local log=$1
    shift
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        return 1
    fi
}

# Prints the name of the machine's package manager, or nothing.
package_manager() {
    local manager
    for manager in apt-get dnf apk brew; do
        if have "$manager"; then
            printf '%s\n' "$manager"
            return
        fi
    done
}

# Refreshes the package manager's lists. A failure is not the end: the old lists may do.
update_package_lists() {
    if [[ $(package_manager) == apt-get ]] && can_be_root; then
        with_lock packages quietly "$WARREN_CACHE/packages.log" as_root apt-get update || true
    fi
}

# install_packages PACKAGE...: installs with the machine's package manager; fails when that is not possible.
# No service is started or enabled by it. An interrupt waits until the package manager is done, so that no package is left
# half-configured.
install_packages() {
    local manager
    manager=$(package_manager)
    [[ -n $manager ]] || return 1
    [[ $manager == brew ]] || can_be_root || return 1
    say "Installing $* with $manager ..."
    with_lock packages quietly "$WARREN_CACHE/packages.log" "install_with_${manager//-/_}" "$@"
}

install_with_dnf() { trap '' INT TERM HUP; as_root dnf -y install "$@"; }

install_with_apk() { trap '' INT TERM HUP; as_root apk add "$@"; }

install_with_brew() { trap '' INT TERM HUP; brew install "$@"; }

# Debian starts and enables the services of a package that it installs. A policy-rc.d that forbids starting stands in
# meanwhile for the machine's own; units that were not there before are disabled, those that were are left as they are.
install_with_apt_get() {
    # shellcheck disable=SC2016 # the variables belong to the inner shell
    as_root bash -c '
        set -eu
        trap "" INT TERM HUP
        units() {
            cd /lib/systemd/system &&
                ls -d rabbitmq-server.service epmd.service epmd.socket redis-server.service postgresql.service prometheus.service \
                    2>/dev/null || true
        }
        policy=/usr/sbin/policy-rc.d
        restore() { rm -f "$policy"; if [ -e "$policy.warren" ]; then mv "$policy.warren" "$policy"; fi; }
        before=$(units)
        if [ -e "$policy" ] && [ ! -e "$policy.warren" ]; then mv "$policy" "$policy.warren"; fi
        trap restore EXIT
        printf "#!/bin/sh\nexit 101\n" >"$policy"
        chmod 755 "$policy"
        DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
            --no-install-recommends install "$@"
        for unit in $(units); do
            case " $(echo $before) " in
                *" $unit "*) ;;
                *)
                    rm -f /etc/systemd/system/*.wants/"$unit"
                    update-rc.d "${unit%.*}" disable >/dev/null 2>&1 || true
                    ;;
            esac
        done
    ' install "$@"
}

# Prints the URI of the Debian mirror that apt is configured with; fails on other systems.
debian_mirror() {
    [[ -r /etc/os-release ]] && have apt-get && have dpkg-deb || return 1
    local ID='' VERSION_CODENAME='' uris mirror
    # shellcheck source=/dev/null
    . /etc/os-release
    [[ $ID == debian ]] || return 1
    uris=$(apt-get update --print-uris) || return 1
    mirror=$(sed -n "s#^'\(.*\)/dists/\($VERSION_CODENAME\|stable\|oldstable\)/main/binary-.*#\1#p" <<<"$uris")
    [[ -n $mirror ]] && printf '%s\n' "${mirror%%$'\n'*}"
}

# debian_tree NAME RELEASE PROGRAMS PACKAGE...: unpacks packages of a Debian release, with all that they depend on, and
# prints the directory, which lies in the cache. Fails when the machine is no Debian. Needs neither root nor a chroot, and
# installs nothing: what the machine itself runs stays as it is.
# PROGRAMS is a glob below the directory: those programs are made to run, whatever the machine's own C library is, by being
# started through the dynamic loader and with the libraries of the unpacked release; in scripts, /usr/lib is replaced.
debian_tree() {
    local name=$1 tree=$WARREN_CACHE/$1
    if [[ ! -d $tree ]]; then
        local mirror
        mirror=$(debian_mirror) || return 1
        with_lock "$name" make_debian_tree "$mirror" "$tree" "${@:2}" || return 1
    fi
    printf '%s\n' "$tree"
}

# make_debian_tree MIRROR TREE RELEASE PROGRAMS PACKAGE...: the work of debian_tree, to be run under its lock, in a subshell.
# The directory gets its name last, so one of that name is complete.
make_debian_tree() {
    local mirror=$1 tree=$2 release=$3 programs=$4
    shift 4
    if [[ -d $tree ]]; then return; fi
    local build=$tree.new apt keyring=/usr/share/keyrings/debian-archive-keyring.gpg package link target
    say "Unpacking $* of Debian $release below $tree ..."
    rm -rf "$build"
    trap 'rm -rf "$tree.new"' EXIT
    mkdir -p "$build/root" "$build/apt/lists/partial" "$build/apt/archives/partial"
    : >"$build/apt/status"
    [[ -r $keyring ]] && keyring="signed-by=$keyring" || keyring=
    printf 'deb [arch=%s %s] %s %s main\n' "$(dpkg --print-architecture)" "$keyring" "$mirror" "$release" >"$build/apt/sources.list"
    apt=(apt-get -y -o "Dir::State=$build/apt" -o "Dir::State::status=$build/apt/status" -o "Dir::Cache=$build/apt"
        -o "Dir::Etc::sourcelist=$build/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null
        -o "APT::Sandbox::User=$(id -un)" -o Acquire::Retries=3)
    quietly "$tree.log" "${apt[@]}" update || return 1
    quietly "$tree.log" "${apt[@]}" --no-install-recommends --download-only install "$@" || return 1
    for package in "$build"/apt/archives/*.deb; do
        dpkg-deb -x "$package" "$build/root" || return 1
    done
    find "$build/root" -type l -lname '/*' | while read -r link; do
        target=$(readlink "$link")
        if [[ -e $build/root$target ]]; then ln -sfn "$tree$target" "$link"; fi
    done
    run_by_own_loader "$build/root" "$tree" "$programs" || return 1
    mv "$build/root" "$tree"
    rm -f "$tree.log"
}

# run_by_own_loader ROOT TREE PROGRAMS: puts a script in the place of each program, which starts it through the loader below
# TREE, where ROOT will lie. The program stays in its directory, from where it finds its libraries. The loader's link bears the
# program's name, for that is the name which `ps` and `pgrep` see.
run_by_own_loader() {
    local root=$1 tree=$2 programs=$3 loader libraries program name directory
    loader=$(cd "$root" && compgen -G 'usr/lib/*/ld-linux*.so.*' || compgen -G 'lib/*/ld-linux*.so.*') || return 1
    libraries=$(dirname "${loader#usr/}")
    libraries=$tree/$libraries:$tree/usr/$libraries
    # shellcheck disable=SC2086 # a glob, to be expanded
    (cd "$root" && ls -d $programs) | while read -r program; do
        name=${program##*/} directory=${program%/*}
        if [[ ! -f $root/$program || -L $root/$program || -e $root/$directory/.$name ]]; then continue; fi
        case $(head -c 4 "$root/$program" | tr -d '\0') in
            $'\177ELF')
                mkdir -p "$root/$directory/.loader"
                mv "$root/$program" "$root/$directory/.$name"
                ln -s "$tree/$loader" "$root/$directory/.loader/$name"
                # shellcheck disable=SC2016 # $0 and $@ belong to the script that is written
                printf '#!/bin/sh\nexec %q --library-path %q --argv0 "$0" %q "$@"\n' \
                    "$tree/$directory/.loader/$name" "$libraries" "$tree/$directory/.$name" >"$root/$program"
                chmod 755 "$root/$program"
                ;;
            '#!'*) sed -i "s|/usr/lib/|$tree/usr/lib/|g" "$root/$program" ;;
        esac
    done
}

# --- Ports and passwords ----------------------------------------------------------------------------------------------

random_hex() { head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }

# Prints a port on which nothing listens. It is below the range that systems give to outgoing connections, so that none of
# those occupies it while its server is down.
unused_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        if ! listens "$port"; then
            printf '%s\n' "$port"
            return
        fi
    done
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# --- Processes --------------------------------------------------------------------------------------------------------

# A process is known by its number and its start time, kept in DIR/NAME.pid, so that a reused number is never mistaken.
remember_process() { printf '%s %s\n' "$3" "$(start_time "$3")" >"$1/$2.pid"; }

# Prints the number of the process if it still runs.
running_process() {
    local pid started
    read -r pid started 2>/dev/null <"$1/$2.pid" || return 1
    [[ -n $started && $(start_time "$pid") == "$started" ]] || return 1
    printf '%s\n' "$pid"
}

# Prints when a process started, in whatever unit the system has; nothing for one that is gone or a zombie.
start_time() {
    if [[ -d /proc/self ]]; then
        local stat fields
        { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
        read -r -a fields <<<"${stat##*) }"
        if [[ ${fields[0]} != Z ]]; then printf '%s\n' "${fields[19]}"; fi
    else
        ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' '_' || true
    fi
}

# await SECONDS COMMAND...: true once the command succeeds, false when it has not in that time.
await() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        if ((SECONDS > deadline)); then return 1; fi
        sleep 0.1 || true
    done
}

gone() { ! running_process "$1" "$2" >/dev/null; }
