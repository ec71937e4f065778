/*
 * All of libfedval. The backends have headers of their own: fedval/ldns.h, fedval/mbedtls.h,
 * fedval/openssl.h.
 *
 * The way of a check: a fedval_judge (fedval/judge.h) says by what is judged; fedval_check
 * (fedval/check.h), or a fedval_session of your own (fedval/session.h), gathers the fedval_evidence
 * (fedval/evidence.h) about a domain; fedval_evaluate (fedval/evaluate.h) gives the fedval_report
 * (fedval/report.h); fedval/render.h shows it. Logs are read with fedval/log.h.
 *
 * An object has a header of its name: evidence is made of facts, which answer questions
 * (fedval/fact.h, fedval/question.h); a report is made of findings, endpoints with what they
 * presented, and actions (fedval/finding.h, fedval/endpoint.h, fedval/presented.h,
 * fedval/action.h). What writes objects as text or as a page is in fedval/render.h and
 * fedval/html.h.
 *
 * What holds for every function (texts and lengths, ownership, threads, statuses) is said once, in
 * docs/api-conventions.md.
 */
#ifndef FEDVAL_FEDVAL_H
#define FEDVAL_FEDVAL_H

#include "fedval/action.h"
#include "fedval/backend.h"
#include "fedval/catalogue.h"
#include "fedval/certificate.h"
#include "fedval/chain.h"
#include "fedval/check.h"
#include "fedval/diagnosis.h"
#include "fedval/drift.h"
#include "fedval/endpoint.h"
#include "fedval/evaluate.h"
#include "fedval/evidence.h"
#include "fedval/fact.h"
#include "fedval/files.h"
#include "fedval/finding.h"
#include "fedval/html.h"
#include "fedval/incident.h"
#include "fedval/intent.h"
#include "fedval/judge.h"
#include "fedval/log.h"
#include "fedval/name.h"
#include "fedval/outcome.h"
#include "fedval/pair.h"
#include "fedval/plan.h"
#include "fedval/policy.h"
#include "fedval/presented.h"
#include "fedval/question.h"
#include "fedval/recheck.h"
#include "fedval/render.h"
#include "fedval/report.h"
#include "fedval/request.h"
#include "fedval/session.h"
#include "fedval/status.h"
#include "fedval/time.h"
#include "fedval/timeline.h"
#include "fedval/topic.h"
#include "fedval/trust.h"

#endif
