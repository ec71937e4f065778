# For the scripts that take packages from Debian's archive and install nothing: source this file.
# Each gets an apt of its own, with a source list, lists and a cache in a folder. It needs no root, and
# checks the signatures as apt does.

# debian_mirror: prints the mirror of the main archive that this machine's apt is set up with
debian_mirror() {
    local mirror
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 2>/dev/null | head -n 1)
    [ -n "$mirror" ] || { echo "${0##*/}: apt knows no Debian mirror" >&2; return 1; }
    echo "$mirror"
}

# debian_places: prints "MIRROR CODENAME" of each place that this machine's packages come from
debian_places() {
    local label
    for label in Debian Debian-Security; do
        apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' "Label: $label" 2>/dev/null
    done | sort -u
}

# debian_apt FOLDER KIND PLACES [ARCH]: sets `apt`, an array, to the command, and updates its lists.
# KIND: deb or deb-src; PLACES: lines of debian_places; ARCH: without it, this machine's
debian_apt() {
    local folder=$1 kind=$2 places=$3 arch=${4:-}
    [ -n "$places" ] || { echo "${0##*/}: apt knows no Debian mirror" >&2; return 1; }
    mkdir -p "$folder/lists/partial"
    while read -r mirror codename; do
        echo "$kind [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $codename main"
    done <<<"$places" >"$folder/sources.list"
    apt=(apt-get -qq -o Dir::Etc::sourcelist="$folder/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o Dir::State::lists="$folder/lists" -o Dir::State::status=/dev/null -o Dir::Cache="$folder"
        -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o Debug::NoLocking=1
        -o Acquire::Retries=2 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30)
    [ "$(id -u)" != 0 ] || apt+=(-o APT::Sandbox::User=root)
    [ -z "$arch" ] || apt+=(-o APT::Architecture="$arch" -o APT::Architectures="$arch")
    "${apt[@]}" update
}

# debian_root FOLDER: a Debian with nothing but what is essential, whose apt is set up as this machine's. Needs root
# and debootstrap.
debian_root() {
    local mirror
    mirror=$(debian_mirror) || return 1
    debootstrap --variant=minbase --include=ca-certificates bookworm "$1" "$mirror" || return 1
    cp /etc/resolv.conf "$1/etc/resolv.conf" 2>/dev/null
    cp -r /etc/apt/apt.conf.d/. "$1/etc/apt/apt.conf.d/"
}
