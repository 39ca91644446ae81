// SPDX-License-Identifier: MIT
package picorn.netstack.stack;

import java.util.Map;
import picorn.netstack.context.MemoryBudget;
import picorn.netstack.context.Report;
import picorn.netstack.context.StackContext;

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
        StackContext context = stack.ipv4().context();
        context.counters().all().forEach((name, counter) -> report.add(name, counter.value()));
        stack.ipv4().reported().forEach(part -> part.report(report));
        context.drops().all().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(drop ->
                        report.add("drop." + drop.getKey(), drop.getValue().value()));
        return report;
    }
}
