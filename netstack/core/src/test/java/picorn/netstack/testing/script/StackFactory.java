// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;

/** Makes the stack under test, so that the same scripts hold in every configuration. */
@FunctionalInterface
public interface StackFactory {
    Stack create(StackConfig config);
}
