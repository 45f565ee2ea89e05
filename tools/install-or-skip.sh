# Read by the installers of what only some tests use; each has its own `skip`, which ends it.

# install_or_skip WHAT NAMES PACKAGE...: WHAT is lacking; NAMES is how the packages are called in Chinese.
install_or_skip() {
    what=$1
    names=$2
    shift 2
    command -v apt-get >/dev/null || skip "没有$what"
    sudo=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || skip "没有$what，也没有管理员权限（管理员可以运行：apt-get install $*）"
        sudo=sudo
    fi
    echo "安装$names"
    $sudo apt-get update -qq || skip "软件包目录取不到"
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        skip "$names没有装上"
}
