"""What tells a look outside from talk within the machine."""

import offline
import pytest

HERE = """\
101 connect(3, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = -1 ENOENT (No such file or directory)
101 sendto(4, {{len=20, type=RTM_GETADDR}, {ifa_family=AF_UNSPEC}}, 20, 0, \
{sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 20
102 connect(5, {sa_family=AF_INET, sin_port=htons(8501), sin_addr=inet_addr("127.0.0.1")}, 16) = 0
102 connect(6, {sa_family=AF_INET6, sin6_port=htons(8501), sin6_flowinfo=htonl(0), \
inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = 0
102 connect(7, {sa_family=AF_UNSPEC, sa_data=""...}, 16) = 0
102 sendto(5, ""..., 120, 0, NULL, 0) = 120
101 +++ exited with 0 +++
"""
OUTSIDE = [
    '7 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}) = -1',
    '7 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}) = 0',
    '7 sendto(3, ""..., 9, 0, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), '
    'inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = -1',
    '7 sendmsg(3, {msg_name={sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("10.0.0.1")} '
    "msg_namelen=16, msg_iov=NULL, msg_iovlen=0}, 0) = -1",
    '7 connect(3, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42) = 0',
    "7 connect(3, {sa_family=AF_VSOCK, svm_cid=0x2, svm_port=0x4}, 16) = -1",
]


def test_talk_within_the_machine_is_no_fault():
    assert list(offline.outside_calls(HERE)) == []


@pytest.mark.parametrize("line", OUTSIDE)
def test_a_look_outside_is_told_of_among_all_others(line):
    assert list(offline.outside_calls(HERE + line + "\n" + HERE)) == [line.partition(" ")[2]]


def test_a_look_outside_fails_the_run_that_it_was_found_in(tmp_path):
    trace = tmp_path / "trace"
    trace.write_text(OUTSIDE[0] + "\n7 +++ exited with 0 +++\n")

    with pytest.raises(offline.FaultError, match=r"the app contacts .*192\.0\.2\.1"):
        offline.refuse_outside_calls(trace, "the app")


def test_a_trace_is_whole_when_the_program_it_began_with_has_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(offline, "END_S", 0.2)
    trace = tmp_path / "trace"
    trace.write_text(HERE)
    assert offline.finished_trace(trace) == HERE

    trace.write_text(HERE.replace("101 +++", "102 +++"))
    with pytest.raises(offline.FaultError, match="incomplete"):
        offline.finished_trace(trace)
