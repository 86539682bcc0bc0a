#!/usr/bin/env bash
# usage: system.sh [chromium] [driver] [font] [ftp] [java] [node] [rsync] [servers] [sshd] [venv]
# Installs those that the machine lacks through apt-get, or says what to install.
set -euo pipefail

have() {
  case $1 in
    chromium) type chromium || type chromium-browser || type google-chrome ;;
    driver) .venv/bin/playwright --version ;;
    font) [[ $(fc-list :lang=ja) ]] ;;
    ftp) PATH=$PATH:/usr/sbin; type proftpd && type ftpquota && type openssl && [[ -e /usr/lib/proftpd/mod_tls.so ]] ;;
    java) java -version ;;
    node) npm --version ;;
    rsync) rsync --version ;;
    servers) (PATH=$PATH:/usr/sbin && type nginx apache2 caddy) ;;
    sshd) ssh -V && PATH=$PATH:/usr/sbin type sshd ;;
    venv) python3 -c 'import ensurepip' ;;
  esac &>/dev/null
}

packages() {
  case $1 in
    chromium) echo chromium ;;
    driver) echo libatomic1 ;;
    font) echo fontconfig fonts-noto-cjk ;;
    ftp) echo proftpd-core proftpd-mod-crypto openssl ;;
    java) echo default-jre-headless ;;
    node) echo nodejs npm ;;
    rsync) echo rsync ;;
    servers) echo nginx libnginx-mod-http-brotli-static apache2-bin caddy ;;
    sshd) echo openssh-client openssh-server ;;
    venv) echo python3-venv ;;
  esac
}

as_root() {
  if ((EUID == 0)); then env "$@"; else sudo --non-interactive env "$@"; fi
}

missing=()
for thing in "$@"; do
  have "$thing" || missing+=($(packages "$thing"))
done
((${#missing[@]})) || exit 0

if ! type apt-get &>/dev/null || ! as_root true &>/dev/null; then
  echo "This needs packages that only an administrator can install. Debian calls them:" >&2
  echo "  ${missing[*]}" >&2
  exit 1
fi
echo "Installing ${missing[*]}"
as_root apt-get update -qq
as_root DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  "${missing[@]}" >/dev/null
