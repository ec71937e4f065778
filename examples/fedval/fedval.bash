# bash completion of fedval(1). tests/integration/command holds it in step with --help.

_fedval_options() {
    local judging="--side --profile --policy --at --only --require --allow-private --provider --edge-fqdn --other-domain
        --name --warn-days --critical-days --ignore --expressway-version"
    local trusting="--trust --public-trust --crl --tls"
    local gathering="--resolver --trust-ad --zone --chain --client-chain --password-file --client-cert --client-key --offline
        --timeout --save-evidence --connections --options"
    case $1 in
    check) echo "$judging $trusting $gathering --fail-on --domains --redact --format --help" ;;
    evaluate) echo "$judging $trusting --fail-on --redact --format --help" ;;
    chain) echo "--profile --policy --password-file --at --name --purpose --warn-days --critical-days --ignore --expressway-version $trusting --format --help" ;;
    diagnose) echo "$judging $trusting $gathering --group --check --redact --format --help" ;;
    explain) echo "--long --format --help" ;;
    match) echo "--format --help" ;;
    esac
}

# The values of an option that takes one of a few words; nothing for any other.
_fedval_words() {
    case $1:$2 in
    *:--side) echo "cisco microsoft" ;;
    check:--profile | diagnose:--profile) echo "microsoft-edge office365 expressway rfc5922-sip" ;;
    *:--profile) echo "microsoft-edge office365 expressway rfc5922-sip microsoft-trunk webpki" ;;
    *:--only) echo "dns certificate" ;;
    *:--purpose) echo "server client any" ;;
    *:--fail-on) echo "error warning" ;;
    *:--tls) echo "mbedtls openssl" ;;
    check:--format | evaluate:--format) echo "text json nagios prometheus" ;;
    explain:--format) echo "text json markdown" ;;
    *:--format) echo "text json" ;;
    esac
}

# A name may hold blanks: bash quotes it where it knows that it is a file's.
_fedval_files() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

_fedval() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} words=
    COMPREPLY=()
    if [ "$COMP_CWORD" = 1 ]; then
        COMPREPLY=($(compgen -W "check evaluate chain match diagnose explain --help --version" -- "$current"))
        return
    fi
    words=$(_fedval_words "$command" "$previous")
    if [ -z "$words" ]; then
        case $previous in
        --policy | --trust | --public-trust | --crl | --zone | --client-chain | --password-file | --client-cert | --client-key | \
            --save-evidence | =)
            _fedval_files "$current"
            return
            ;;
        --at | --provider | --edge-fqdn | --other-domain | --name | --warn-days | --critical-days | --ignore | --expressway-version | --resolver | --chain | --timeout)
            return
            ;;
        esac
        case $command:$current in
        *:-*) words=$(_fedval_options "$command") ;;
        explain:*) words=$(fedval explain 2>/dev/null | sed -n 's/^  \([A-Za-z0-9_-]*\) .*/\1/p') ;;
        evaluate:* | chain:* | diagnose:*)
            _fedval_files "$current"
            return
            ;;
        esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$current"))
}

complete -F _fedval fedval
