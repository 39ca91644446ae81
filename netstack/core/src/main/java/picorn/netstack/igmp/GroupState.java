// SPDX-License-Identifier: MIT
package picorn.netstack.igmp;

import java.util.ArrayList;
import java.util.List;
import picorn.netstack.context.Timed;
import picorn.netstack.ip.NetworkInterface;

/** One interface's state of one group: what its sockets want together, and what routers are still to be told (RFC 3376, section 5). */
final class GroupState {
    private static final int MOST_ASKED = 366;

    private final IgmpLink link;
    private final int address;
    private final List<SocketMembership> members = new ArrayList<>();
    private Filter filter = Filter.NOBODY;

    private boolean modeChanged;
    private Sources allowed = Sources.NONE;
    private Sources blocked = Sources.NONE;
    private int repeats;
    private long changeAt = Timed.NEVER;

    private Sources asked = Sources.NONE;
    private long answerAt = Timed.NEVER;

    GroupState(IgmpLink link, int address) {
        this.link = link;
        this.address = address;
    }

    int address() {
        return address;
    }

    Filter filter() {
        return filter;
    }

    boolean isAt(NetworkInterface from, int group) {
        return group == address && link.isOf(from);
    }

    SocketMembership add() {
        SocketMembership member = new SocketMembership(this);
        members.add(member);
        update();
        return member;
    }

    void remove(SocketMembership member) {
        if (members.remove(member)) {
            update();
            link.released();
        }
    }

    /** Works out what is wanted now, and has routers told if it is something else than before. */
    void update() {
        Filter before = filter;
        filter = Filter.NOBODY;
        for (SocketMembership member : members) {
            filter = filter.or(member.filter());
        }
        if (!filter.isSame(before)) {
            note(before);
            link.changed(this, before);
        }
    }

    private void note(Filter before) {
        if (filter.mode() != before.mode()) {
            modeChanged = true;
        } else {
            Sources more = filter.sources().minus(before.sources());
            Sources less = before.sources().minus(filter.sources());
            Sources nowAllowed = filter.isExclude() ? less : more;
            Sources nowBlocked = filter.isExclude() ? more : less;
            allowed = allowed.or(nowAllowed).minus(nowBlocked);
            blocked = blocked.or(nowBlocked).minus(nowAllowed);
        }
    }

    boolean isModeChanged() {
        return modeChanged;
    }

    Sources allowed() {
        return allowed;
    }

    Sources blocked() {
        return blocked;
    }

    long changeAt() {
        return changeAt;
    }

    void tell(int times, long at) {
        repeats = times;
        changeAt = at;
    }

    /** Has told once more; the next time is later, or never. */
    void told(long again) {
        repeats--;
        changeAt = repeats > 0 ? again : Timed.NEVER;
        if (repeats <= 0) {
            modeChanged = false;
            allowed = Sources.NONE;
            blocked = Sources.NONE;
        }
    }

    /** Whether nobody wants it and routers know. */
    boolean isOver() {
        return members.isEmpty() && changeAt == Timed.NEVER;
    }

    void ask(Sources sources, long at) {
        // An earlier answer to a question for everything serves (RFC 3376, section 5.2).
        boolean pending = answerAt != Timed.NEVER;
        boolean all = sources.isEmpty() || pending && asked.isEmpty() || asked.size() + sources.size() > MOST_ASKED;
        asked = all ? Sources.NONE : asked.or(sources);
        answerAt = Math.min(answerAt, at);
    }

    Sources asked() {
        return asked;
    }

    long answerAt() {
        return answerAt;
    }

    void answered() {
        answerAt = Timed.NEVER;
        asked = Sources.NONE;
    }

    void cancel() {
        answered();
        repeats = 0;
        told(Timed.NEVER);
        changeAt = Timed.NEVER;
    }
}
