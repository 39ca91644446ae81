// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import picorn.emulator.core.DebugPoints;
import picorn.emulator.core.DebugPoints.Watch;

/**
 * {@code Z} and {@code z} packets: breakpoints, as many as are wanted, and watchpoints. To set one twice is to set it once; bit
 * 0 of an instruction's address says Thumb and counts for nothing.
 */
final class PointCommands {
    private static final Map<Integer, Watch> WATCHES = Map.of(2, Watch.WRITE, 3, Watch.READ, 4, Watch.ANY);
    private static final int LONGEST = 1 << 20;
    private static final int MOST = 100_000;

    private record Watched(int address, int size, Watch watch) {}

    private final DebugPoints points;
    private final Set<Integer> breakpoints = new HashSet<>();
    private final Set<Watched> watched = new HashSet<>();

    PointCommands(DebugPoints points) {
        this.points = points;
    }

    /** {@code type,addr,kind}. */
    String insert(Arguments arguments) throws MalformedPacket {
        int type = arguments.number(4);
        int address = arguments.mark(',').number();
        int kind = arguments.mark(',').number(LONGEST);
        if (breakpoints.size() + watched.size() >= MOST) {
            return Reply.MALFORMED;
        }
        if (type <= 1) {
            if (breakpoints.add(address & ~1)) {
                points.setBreakpoint(address & ~1);
            }
            return Reply.OK;
        }
        Watched watch = new Watched(address, Math.max(1, kind), WATCHES.get(type));
        if (watched.add(watch)) {
            points.watch(watch.address(), watch.size(), watch.watch());
        }
        return Reply.OK;
    }

    /** {@code type,addr,kind}. */
    String remove(Arguments arguments) throws MalformedPacket {
        int type = arguments.number(4);
        int address = arguments.mark(',').number();
        int kind = arguments.mark(',').number(LONGEST);
        if (type <= 1) {
            if (breakpoints.remove(address & ~1)) {
                points.clearBreakpoint(address & ~1);
            }
            return Reply.OK;
        }
        Watched watch = new Watched(address, Math.max(1, kind), WATCHES.get(type));
        if (watched.remove(watch)) {
            points.unwatch(watch.address(), watch.size(), watch.watch());
        }
        return Reply.OK;
    }

    /** Removes all, as when the debugger goes away. */
    void clear() {
        breakpoints.clear();
        watched.clear();
        points.clear();
    }
}
