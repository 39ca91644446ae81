// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

import java.util.List;
import picorn.netstack.ip.Fragmenter;
import picorn.netstack.ip.IpModule;
import picorn.netstack.ip.OptionProcessor;
import picorn.netstack.ip.PathMtuCache;
import picorn.netstack.ip.Reassembler;
import picorn.netstack.ip.Redirects;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;

/** Makes the stack under test, so that the same scripts hold in every configuration. */
@FunctionalInterface
public interface StackFactory {
    /** Every part of IP that the scripts speak of. */
    StackFactory FULL = config -> {
        Stack stack = new Stack(config);
        List<IpModule> modules = List.of(
                Reassembler::join, Fragmenter::join, PathMtuCache::join, OptionProcessor::join, Redirects::join);
        modules.forEach(module -> module.join(stack.ipv4()));
        return stack;
    };

    Stack create(StackConfig config);
}
