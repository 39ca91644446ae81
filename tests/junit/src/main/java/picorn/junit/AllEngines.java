// SPDX-License-Identifier: MIT
package picorn.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * In place of {@code @Test}: runs the test once on each engine of the class path, whatever {@link PicornTest#engine} says.
 *
 * <pre>{@code
 * @AllEngines
 * void boots(Console console) {
 *     console.awaitLine("ready", ofSeconds(2));
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(EngineTemplate.class)
public @interface AllEngines {}
