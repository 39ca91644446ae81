// SPDX-License-Identifier: MIT
package picorn.emulator.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;

/** Keeps each finding once with the place and time of its first occurrence, a bounded number of them. */
public final class FindingLog implements Findings, Saved {
    /** Different findings kept; more are counted only. */
    public static final int CAPACITY = 256;

    private record Key(Finding.Kind kind, String subject) {}

    private final Clock clock;
    private final IntSupplier pc;
    private final Map<Key, Finding> findings = new LinkedHashMap<>();
    private Consumer<Finding> listener = finding -> {};
    private long beyondCapacity;

    /** Stamps findings with {@code pc} and {@code clock}. */
    public FindingLog(Clock clock, IntSupplier pc) {
        this.clock = clock;
        this.pc = pc;
    }

    /** Who is told of each new finding at once. */
    public void onNew(Consumer<Finding> newListener) {
        listener = newListener;
    }

    @Override
    public void report(Finding.Kind kind, String subject) {
        report(kind, subject, pc.getAsInt());
    }

    @Override
    public void report(Finding.Kind kind, String subject, int at) {
        Key key = new Key(kind, subject);
        if (findings.containsKey(key)) {
            return;
        }
        if (findings.size() == CAPACITY) {
            beyondCapacity++;
            return;
        }
        Finding finding = new Finding(kind, subject, at, clock.now());
        findings.put(key, finding);
        listener.accept(finding);
    }

    /** All kept, in order of occurrence. */
    public List<Finding> all() {
        return new ArrayList<>(findings.values());
    }

    /** Occurrences that there was no room for. */
    public long beyondCapacity() {
        return beyondCapacity;
    }

    @Override
    public void save(StateWriter out) {
        out.int64(beyondCapacity);
        out.int32(findings.size());
        for (Finding finding : findings.values()) {
            out.int32(finding.kind().ordinal());
            out.text(finding.subject());
            out.int32(finding.pc());
            out.int64(finding.time());
        }
    }

    /** Nobody is told of what is loaded: it was told when it was found. */
    @Override
    public void load(StateReader in) {
        findings.clear();
        beyondCapacity = in.int64();
        for (int left = in.count(CAPACITY); left > 0; left--) {
            Finding.Kind kind = in.oneOf(Finding.Kind.values());
            Finding finding = new Finding(kind, in.text(), in.int32(), in.int64());
            findings.put(new Key(kind, finding.subject()), finding);
        }
    }
}
