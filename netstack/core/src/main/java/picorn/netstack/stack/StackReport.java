// SPDX-License-Identifier: MIT
package picorn.netstack.stack;

import picorn.netstack.context.MemoryBudget;
import picorn.netstack.context.Report;
import picorn.netstack.octets.Drop;

/** Puts together what a stack reports. */
final class StackReport {
    private final Stack stack;

    StackReport(Stack stack) {
        this.stack = stack;
    }

    Report counters() {
        MemoryBudget budget = stack.budget();
        Report report = new Report();
        report.add("memory.limit", budget.limit())
                .add("memory.used", budget.used())
                .add("memory.peak", budget.peak())
                .add("memory.refusals", budget.refusals());
        stack.ipv4().report(report);
        stack.icmp().report(report);
        stack.udp().report(report);
        stack.tcp().report(report);
        stack.dns().report(report);
        for (Drop drop : Drop.values()) {
            if (stack.dropped(drop) != 0) {
                report.add("drop." + drop.label(), stack.dropped(drop));
            }
        }
        return report;
    }
}
