# shellcheck shell=bash
# Writes and reads images as archives in the format of `docker save`. To be sourced after common.sh, under `set -euo pipefail`.

# Prints the processor of this machine as images name it.
image_architecture() {
    case $(uname -m) in
        x86_64 | amd64) echo amd64 ;;
        aarch64 | arm64) echo arm64 ;;
        *) uname -m ;;
    esac
}

# write_archive WORK ROOT FILE NAME CONFIGURATION: an image of one layer, all below ROOT, as root's and without times, so that the same
# files make the same bytes. CONFIGURATION is what the image's JSON has between the braces of "config".
write_archive() {
    local work=$1 root=$2 file=$3 name=$4 configuration=$5 layer config
    mkdir "$work/archive"
    tar -C "$root" --sort=name --format=gnu --mtime=@1 --owner=0 --group=0 --numeric-owner -cf "$work/archive/layer.tar" .
    layer=$(sha256sum <"$work/archive/layer.tar")
    printf '{"architecture":"%s","os":"linux","created":"1970-01-01T00:00:00Z","config":{%s},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]},"history":[{"created":"1970-01-01T00:00:00Z","created_by":"%s"}]}' \
        "$(image_architecture)" "$configuration" "${layer%% *}" "${name%%:*}" >"$work/archive/config.json"
    config=$(sha256sum <"$work/archive/config.json")
    mv "$work/archive/config.json" "$work/archive/${config%% *}.json"
    printf '[{"Config":"%s.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "${config%% *}" "$name" >"$work/archive/manifest.json"
    tar -C "$work/archive" --sort=name --format=gnu --mtime=@1 --owner=0 --group=0 --numeric-owner -cf "$file.new" \
        manifest.json "${config%% *}.json" layer.tar
    mv "$file.new" "$file"
}

# archived_config FILE FILTER: prints what jq finds in the configuration of an archived image.
archived_config() { tar -xOf "$1" "$(tar -xOf "$1" manifest.json | jq -r '.[0].Config')" | jq -r "$2"; }

# unpack_archive FILE ROOT: the files of an archived image, its layers one over the other. An empty file .wh.NAME in a layer takes NAME
# of those below away.
unpack_archive() {
    local file=$1 root=$2 layer gone
    mkdir -p "$root"
    tar -xOf "$file" manifest.json | jq -r '.[0].Layers[]' | while read -r layer; do
        tar -xOf "$file" "$layer" >"$root.layer"
        tar -xf "$root.layer" -C "$root" --no-same-owner --delay-directory-restore --warning=no-unknown-keyword
        tar -tf "$root.layer" --warning=no-unknown-keyword | { grep -E '(^|/)\.wh\.' || true; } | while read -r gone; do
            rm -rf "${root:?}/$gone" "${root:?}/${gone/.wh./}"
        done
    done
    rm -f "$root.layer"
}
