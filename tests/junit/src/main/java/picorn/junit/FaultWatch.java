// SPDX-License-Identifier: MIT
package picorn.junit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picorn.emulator.core.Core;
import picorn.emulator.core.FaultPlace;
import picorn.emulator.image.Symbols;
import picorn.emulator.machine.Machine;

/** Notices the faults that firmware takes, and tells those that a test expects from those that it does not. */
final class FaultWatch {
    private static final int HFSR_FORCED = 1 << 30;

    private final Core core;
    private final Symbols symbols;
    private final Set<Fault> expected = EnumSet.noneOf(Fault.class);
    private final Set<Fault> taken = EnumSet.noneOf(Fault.class);
    private List<FaultPlace> seen = List.of();
    private boolean inHandler;
    private Optional<String> unexpected = Optional.empty();

    FaultWatch(Machine machine, Symbols symbols) {
        core = machine.core();
        this.symbols = symbols;
        machine.onReset(kind -> beforeReset()); // which forgets the faults
    }

    void expect(Fault fault) {
        expected.add(fault);
    }

    /** Expected faults that have not come. */
    Set<Fault> missing() {
        Set<Fault> missing = EnumSet.copyOf(expected);
        missing.removeAll(taken);
        return missing;
    }

    /** The first fault that was not expected, in words. */
    Optional<String> unexpected() {
        look();
        return unexpected;
    }

    private void beforeReset() {
        look();
        seen = List.of();
        inHandler = false;
    }

    private void look() {
        List<FaultPlace> places = core.lastFaults();
        if (!places.equals(seen)) {
            added(seen, places).forEach(this::took);
            seen = places;
        } else if (Fault.isFault(core.currentException()) && !inHandler && places.isEmpty()) {
            tookLate(Fault.of(core.currentException()));
        }
        inHandler = Fault.isFault(core.currentException());
    }

    /** What {@code now} has behind the longest end of {@code before} that it starts with. */
    private static List<FaultPlace> added(List<FaultPlace> before, List<FaultPlace> now) {
        for (int from = 0; from < before.size(); from++) {
            List<FaultPlace> common = before.subList(from, before.size());
            if (common.size() <= now.size() && now.subList(0, common.size()).equals(common)) {
                return now.subList(common.size(), now.size());
            }
        }
        return now;
    }

    private void took(FaultPlace place) {
        Fault fault = Fault.of(place.exception());
        List<Fault> kinds = new ArrayList<>(List.of(fault));
        if ((core.faultStatus().hfsr() & HFSR_FORCED) != 0) {
            kinds.add(Fault.HARD_FAULT);
        }
        note(kinds, "took a %s in %s".formatted(fault, symbols.place(place.pc())));
    }

    /** A fault that no instruction is to blame for, such as an imprecise one. */
    private void tookLate(Fault fault) {
        note(List.of(fault), "took a %s that belongs to no instruction".formatted(fault));
    }

    private void note(List<Fault> kinds, String words) {
        taken.addAll(kinds);
        if (unexpected.isEmpty() && kinds.stream().noneMatch(expected::contains)) {
            unexpected = Optional.of(words);
        }
    }
}
