# The AppHost holds this script's input open. When it ends without the word "done", the AppHost was killed, and all that it started must go.
state=$1 stores=$2
run=$state/run
trap '' INT TERM HUP
# Held for as long as this guard lives: the next AppHost waits for it before it starts anything in the same folders.
exec 9>>"$state/guard.lock"
flock 9
while read -r word; do
  [[ $word == done ]] && exit 0
done

# Processes of a session that the AppHost started, or working inside the stores' folder (Postgres gives each backend its own session).
find_members() {
  members=()
  local path fields
  for path in /proc/[0-9]*; do
    { read -r stat <"$path/stat"; } 2>/dev/null || continue
    fields=(${stat##*) })
    [[ ${fields[0]} != Z && -e $run/${fields[3]} ]] && members+=("${path#/proc/}")
  done
  members+=($(find /proc/[0-9]*/cwd -maxdepth 0 -lname "$stores/*" 2>/dev/null | cut -d/ -f3))
}

# A pid that now belongs to a younger process is not ours any more.
forget_reused() {
  local file start signal fields
  for file in "$run"/[0-9]*; do
    [[ -e $file ]] || continue
    { read -r start signal <"$file" && read -r stat <"/proc/${file##*/}/stat"; } 2>/dev/null || continue
    fields=(${stat##*) })
    [[ ${fields[19]} == "$start" ]] || rm -f "$file"
  done
}

forget_reused
for file in "$run"/[0-9]*; do
  [[ -e $file ]] && read -r start signal <"$file" && kill -s "${signal:-TERM}" "${file##*/}" 2>/dev/null
done
for ((SECONDS = 0; SECONDS < 3; )); do
  find_members
  ((${#members[@]} == 0)) && break
  sleep 0.2
done
for ((round = 0, SECONDS = 0; SECONDS < 4; round++)); do
  find_members
  ((${#members[@]} == 0 && round > 2)) && break
  ((${#members[@]} > 0)) && kill -s KILL "${members[@]}" 2>/dev/null
  sleep 0.1
done
rm -f "$run"/[0-9]* "$state/endpoints.json" "$state/owner"
