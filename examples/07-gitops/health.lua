-- What Argo CD shows of a TaskBroker, TaskQueue or TaskWorker. argocd-cm.yaml holds the same text.
local conditions = {}
for _, condition in ipairs(obj.status ~= nil and obj.status.conditions or {}) do
  conditions[condition.type] = condition
end

local function says(kind, status)
  return conditions[kind] ~= nil and conditions[kind].status == status
end

local function health(status, condition, otherwise)
  return {status = status, message = condition ~= nil and condition.message or otherwise}
end

if obj.metadata.deletionTimestamp ~= nil then
  return health("Progressing", conditions.Ready, "is being deleted")
end
if conditions.Ready == nil or obj.status.observedGeneration ~= obj.metadata.generation then
  return health("Progressing", nil, "the operator has not looked at it yet")
end
if obj.spec.paused then
  return health("Suspended", nil, "paused by spec.paused")
end
if says("Degraded", "True") then
  return health("Degraded", conditions.Degraded)
end
if says("Progressing", "True") then
  return health("Progressing", conditions.Progressing)
end
if says("Ready", "True") then
  return health("Healthy", conditions.Ready)
end
-- The broker has not been read yet: a matter of seconds, and no reason to fail a sync.
if conditions.Ready.reason == "BrokerPending" then
  return health("Progressing", conditions.Ready)
end
return health("Degraded", conditions.Ready)
