# Becomes the program, after writing down who it is: the guard reads <run>/<pid> = "<start time> <stop signal>".
# (bash, because other shells drop variables such as ConnectionStrings__eatfast-owner.)
signal=$1 run=$2 log=$3
shift 3
read -r stat </proc/$$/stat
fields=(${stat##*) })
echo "${fields[19]} $signal" >"$run/$$"
exec "$@" >>"$log" 2>&1 </dev/null
