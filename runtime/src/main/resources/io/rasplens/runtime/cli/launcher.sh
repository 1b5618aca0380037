#!/bin/sh
# This jar is its own launcher: make it executable, put it anywhere, call it rasp. `java -jar` works too, only more slowly.
# What follows the script is an ordinary jar.
#
# On first use the classes that a start needs go into an archive in the user's cache folder, which Java maps into memory later on.
# Its name tells the jar and the Java it belongs to, so that a new one of either gets a new archive. Whatever goes wrong with it,
# rasp runs without.

self=$0
while [ -L "$self" ]; do
  target=$(readlink "$self") || break
  case $target in
    /*) self=$target ;;
    *) self=${self%/*}/$target ;;
  esac
done
case $self in
  */*) ;;
  *) self=./$self ;;
esac
folder=$(cd "${self%/*}" 2>/dev/null && pwd -P) && self=$folder/${self##*/}

java=java
[ -n "$JAVA_HOME" ] && [ -x "$JAVA_HOME/bin/java" ] && java=$JAVA_HOME/bin/java
if ! java=$(command -v "$java"); then
  echo "rasp: there is no Java here; install a JDK, 17 or newer, or set JAVA_HOME" >&2
  exit 3
fi

archive=
if [ -n "${XDG_CACHE_HOME:-$HOME}" ] && [ -z "$RASP_NO_ARCHIVE" ]; then
  cache=${XDG_CACHE_HOME:-$HOME/.cache}/rasplens
  key=$(ls -lLi "$java" "$self" 2>/dev/null | cksum 2>/dev/null)
  key=${key%% *}
  if [ -n "$key" ]; then
    archive=$cache/start-$key.jsa
    if [ ! -e "$archive" ] && mkdir -p "$cache" 2>/dev/null; then
      # One process makes it, the others go on without; what a killed one left is in nobody's way after ten minutes.
      find "$cache" -name 'making-*' -mmin +10 -exec rm -rf {} + 2>/dev/null
      making=$cache/making-$key
      if mkdir "$making" 2>/dev/null; then
        trap 'rm -rf "$making"' EXIT
        trap 'rm -rf "$making"; trap - INT; kill -INT $$' INT
        trap 'rm -rf "$making"; trap - TERM; kill -TERM $$' TERM
        # An empty file says that this Java makes no archives.
        "$java" -XX:ArchiveClassesAtExit="$making/a" -XX:TieredStopAtLevel=1 -Xlog:disable -Djava.io.tmpdir="$making" \
          -cp "$self" io.rasplens.runtime.cli.Rehearsal </dev/null >/dev/null 2>&1
        [ -s "$making/a" ] || : >"$making/a"
        find "$cache" -name 'start-*.jsa' -mtime +60 -exec rm -f {} + 2>/dev/null
        mv "$making/a" "$archive" 2>/dev/null
        rm -rf "$making"
        trap - EXIT INT TERM
      fi
    fi
    [ -s "$archive" ] || archive=
  fi
fi

# Java reads file names and arguments as the locale writes them; where none is set it would take plain ASCII alone.
case ${LC_ALL:-${LC_CTYPE:-$LANG}} in
  '' | C | POSIX)
    LC_ALL=C.UTF-8
    export LC_ALL
    ;;
esac
# What a person sees: Java can't ask. A pager would share the terminal with a line of progress.
watched=
[ -t 1 ] && watched=answers
[ -t 2 ] && ! [ -p /dev/stdout ] && watched=$watched,progress
set -- -Drasplens.watched="$watched" -jar "$self" "$@"
# Java's second compiler pays where work goes on for long.
case $4 in
  verify | test | interchange | ablate) ;;
  *) set -- -XX:TieredStopAtLevel=1 "$@" ;;
esac
[ -n "$archive" ] && set -- -Drasplens.archived=yes -Xshare:auto -XX:SharedArchiveFile="$archive" -Xlog:disable "$@"
exec "$java" "$@"
exit 70
