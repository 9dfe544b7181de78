# Sourced by bin/* with $root set. Leaves a Node 24 or newer first on the PATH.

is_new_enough() {
  case $("$1" -v 2>/dev/null) in
    v2[4-9].* | v[3-9][0-9].* | v[1-9][0-9][0-9].*) return 0 ;;
  esac
  return 1
}

# Takes the machine's Node when it is new enough, else one in .node, from the npm registry.
bring_node() {
  is_new_enough node && return
  own=$root/.node/node_modules/.bin
  version=$(cat "$root/.node-version")
  if [ "$("$own/node" -v 2>/dev/null)" != "v$version" ]; then
    command -v npm >/dev/null || {
      echo "Hubs needs Node 24 or newer, or npm to fetch it. On Debian: apt-get install npm." >&2
      exit 69
    }
    case $(uname -m) in
      x86_64 | amd64) cpu=x64 ;;
      aarch64 | arm64) cpu=arm64 ;;
      *) cpu=$(uname -m) ;;
    esac
    package=node-$(uname -s | tr '[:upper:]' '[:lower:]')-$cpu
    echo "Fetching Node $version, for the machine's is $(node -v 2>/dev/null || echo missing) …" >&2
    rm -rf "$root/.node"
    mkdir -p "$root/.node"
    npm install --prefix "$root/.node" --no-save --no-audit --no-fund --loglevel=error "$package@$version" >&2 || {
      echo "Node $version can't be fetched as $package. Check the network and the disk, or install Node 24 or newer." >&2
      exit 69
    }
  fi
  PATH=$own:$PATH
  export PATH
}
