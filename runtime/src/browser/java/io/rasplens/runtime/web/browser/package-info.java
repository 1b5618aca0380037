/**
 * What stands between {@code runtime.web} and JavaScript. It is compiled against TeaVM's interfaces and translated together with the
 * engine; none of it is in the jar, which holds the JavaScript that came of it.
 */
@NullMarked
package io.rasplens.runtime.web.browser;

import org.jspecify.annotations.NullMarked;
