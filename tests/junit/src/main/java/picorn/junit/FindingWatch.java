// SPDX-License-Identifier: MIT
package picorn.junit;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import picorn.emulator.image.Symbols;
import picorn.emulator.machine.Machine;
import picorn.emulator.report.Finding;
import picorn.stm32f4.board.FailureReport;

/** Notices what firmware does wrong, where a test is strict about it. */
final class FindingWatch {
    private final Symbols symbols;
    private final Set<Finding.Kind> allowed = EnumSet.noneOf(Finding.Kind.class);
    private Optional<String> first = Optional.empty();

    FindingWatch(PicornTest test, Machine machine, Symbols symbols) {
        this.symbols = symbols;
        if (test.strict()) {
            machine.findings().onNew(this::found);
        }
    }

    void allow(Finding.Kind kind) {
        allowed.add(kind);
    }

    /** The first that was not allowed, in words. */
    Optional<String> first() {
        return first;
    }

    private void found(Finding finding) {
        if (first.isEmpty() && !allowed.contains(finding.kind())) {
            first = Optional.of("did wrong: " + FailureReport.of(finding, symbols));
        }
    }
}
