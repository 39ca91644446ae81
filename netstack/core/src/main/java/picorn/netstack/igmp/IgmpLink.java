// SPDX-License-Identifier: MIT
package picorn.netstack.igmp;

import java.util.ArrayList;
import java.util.List;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.NetworkInterface;

/** One interface's groups, and the version of IGMP that its routers speak (RFC 3376, sections 5 and 7.2; RFC 2236, section 3). */
final class IgmpLink implements Timed {
    private static final long SECOND = 1_000_000_000L;
    /** What one of these takes of the budget. */
    static final int MEMORY = 1024;

    private static final int DEFAULT_ROBUSTNESS = 2;
    private static final long DEFAULT_QUERY_INTERVAL = 125 * SECOND;
    private static final long UNSOLICITED_INTERVAL = SECOND;
    private static final long OLD_UNSOLICITED_INTERVAL = 10 * SECOND;
    private static final int ALL_ROUTERS = Ipv4Address.parse("224.0.0.2").bits();

    private final StackContext context;
    private final NetworkInterface link;
    private final IgmpWriter writer;
    private final List<GroupState> groups = new ArrayList<>();
    private int robustness = DEFAULT_ROBUSTNESS;
    private long queryInterval = DEFAULT_QUERY_INTERVAL;
    private long version1Until;
    private long version2Until;
    private int lastVersion = 3;
    private long answerAllAt = NEVER;

    IgmpLink(Ipv4 ipv4, NetworkInterface link) {
        this.context = ipv4.context();
        this.link = link;
        writer = new IgmpWriter(ipv4, link);
    }

    boolean isOf(NetworkInterface other) {
        return link == other;
    }

    long sent() {
        return writer.sent();
    }

    boolean accepts(int group, int source) {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).address() == group) {
                return groups.get(i).filter().accepts(source);
            }
        }
        return false;
    }

    SocketMembership join(int group) {
        GroupState state = groups.stream()
                .filter(each -> each.address() == group)
                .findAny()
                .orElseGet(() -> added(group));
        return state.add();
    }

    private GroupState added(int group) {
        GroupState state = new GroupState(this, group);
        groups.add(state);
        return state;
    }

    void released() {
        context.budget().release(SocketMembership.MEMORY);
    }

    private int version() {
        long now = context.now();
        return now < version1Until ? 1 : now < version2Until ? 2 : 3;
    }

    private long random(long below) {
        return context.random().below((int) Math.min(Integer.MAX_VALUE, below / 1000 + 1)) * 1000L;
    }

    /** Tells routers of a change at once, and again as often as packets may be lost (RFC 3376, section 8.1). */
    void changed(GroupState group, Filter before) {
        if (link.isLoopback()) {
            forgetOver();
            return;
        }
        boolean isNews = version() == 3 || before.isNobody() || group.filter().isNobody();
        if (isNews) {
            group.tell(robustness, context.now());
            tell(group);
        }
        forgetOver();
    }

    private void forgetOver() {
        groups.removeIf(GroupState::isOver);
    }

    private void tell(GroupState group) {
        boolean left = group.filter().isNobody();
        int version = version();
        if (version == 3) {
            recordChange(group);
            writer.flush();
        } else if (!left) {
            report(group, version);
        } else if (version == 2) {
            writer.message(Igmp.V2_LEAVE, group.address(), ALL_ROUTERS);
        }
        group.told(context.now() + random(version == 3 ? UNSOLICITED_INTERVAL : OLD_UNSOLICITED_INTERVAL));
        if (left && version < 3) {
            group.cancel();
        }
    }

    private void report(GroupState group, int version) {
        writer.message(version == 1 ? Igmp.V1_REPORT : Igmp.V2_REPORT, group.address(), group.address());
    }

    private void recordChange(GroupState group) {
        Filter filter = group.filter();
        if (group.isModeChanged()) {
            int type = filter.isExclude() ? IgmpWriter.TO_EXCLUDE : IgmpWriter.TO_INCLUDE;
            writer.record(type, group.address(), filter.sources());
            return;
        }
        if (!group.allowed().isEmpty()) {
            writer.record(IgmpWriter.ALLOW, group.address(), group.allowed());
        }
        if (!group.blocked().isEmpty()) {
            writer.record(IgmpWriter.BLOCK, group.address(), group.blocked());
        }
    }

    /** Takes over what the querier says of itself, where it says something (RFC 3376, sections 4.1.6 and 4.1.7). */
    void adopt(int querierRobustness, long querierInterval) {
        robustness = querierRobustness == 0 ? DEFAULT_ROBUSTNESS : querierRobustness;
        queryInterval = querierInterval == 0 ? DEFAULT_QUERY_INTERVAL : querierInterval;
    }

    /** Takes a query: of a version, to be answered within a time, for a group or all (0), for sources or all (none). */
    void query(int version, long within, int group, Sources sources) {
        long now = context.now();
        long timeout = robustness * queryInterval + within;
        if (version == 1) {
            version1Until = now + timeout;
        } else if (version == 2) {
            version2Until = now + timeout;
        }
        noteVersion();
        long at = now + random(within);
        if (answerAllAt <= at) {
            return; // all is told before (RFC 3376, section 5.2, rule 1)
        }
        if (group == 0 && version() == 3) {
            answerAllAt = at;
            return;
        }
        for (GroupState each : groups) {
            if ((group == 0 || each.address() == group) && !each.filter().isNobody()) {
                each.ask(sources, now + random(within));
            }
        }
    }

    /** RFC 3376, section 7.2.1: with another version, what is pending is given up. */
    private void noteVersion() {
        if (version() != lastVersion) {
            lastVersion = version();
            answerAllAt = NEVER;
            groups.forEach(GroupState::cancel);
            forgetOver();
        }
    }

    /** Another host has reported a group: in the older versions that suffices (RFC 2236, section 3). */
    void reported(int group) {
        for (GroupState each : groups) {
            if (version() < 3 && each.address() == group) {
                each.answered();
            }
        }
    }

    @Override
    public long deadline() {
        long deadline = answerAllAt;
        for (int i = 0; i < groups.size(); i++) {
            GroupState group = groups.get(i);
            deadline = Math.min(deadline, Math.min(group.changeAt(), group.answerAt()));
        }
        return deadline;
    }

    @Override
    public long poll(long now) {
        if (deadline() > now) {
            return deadline();
        }
        noteVersion();
        if (answerAllAt <= now) {
            answerAllAt = NEVER;
            groups.forEach(this::recordState);
            writer.flush();
        }
        for (GroupState group : groups) {
            if (group.answerAt() <= now) {
                answer(group);
            }
            if (group.changeAt() <= now) {
                tell(group);
            }
        }
        forgetOver();
        return deadline();
    }

    private void answer(GroupState group) {
        if (version() < 3) {
            report(group, version());
        } else if (group.asked().isEmpty()) {
            recordState(group);
        } else {
            recordSources(group);
        }
        writer.flush();
        group.answered();
    }

    private void recordState(GroupState group) {
        Filter filter = group.filter();
        if (!filter.isNobody()) {
            int type = filter.isExclude() ? IgmpWriter.IS_EXCLUDE : IgmpWriter.IS_INCLUDE;
            writer.record(type, group.address(), filter.sources());
        }
    }

    /** Which of the sources that a router asks for are wanted (RFC 3376, section 5.2). */
    private void recordSources(GroupState group) {
        Filter filter = group.filter();
        Sources wanted = filter.isExclude()
                ? group.asked().minus(filter.sources())
                : group.asked().and(filter.sources());
        if (!wanted.isEmpty()) {
            writer.record(IgmpWriter.IS_INCLUDE, group.address(), wanted);
        }
    }
}
